"""Evidence map: its rows, columns and cells, each number with the address of its list."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from gvc_catalogue.web.querystring import Pairs, address, with_replaced
from recommendations.models import Category, Recommendation

from ..models import Country
from ..search.facet_choices import ListView
from .evidence_counts import ORGANISATIONS, Evidence

COLUMNS = {"number": "Number of programmes", "name": "Name", "region": "Region"}


@dataclass(frozen=True)
class MapCell:
    """A number of programmes, and the address of the list of them."""

    count: int
    url: str


@dataclass(frozen=True)
class MapColumn:
    """A country, the number of all its programmes, and the list of them."""

    code: str
    name: str
    url: str
    count: int
    programmes_url: str
    region: str


@dataclass(frozen=True)
class MapRow:
    """A recommendation with a cell for each country, then those of organisations and of all."""

    recommendation: Recommendation
    cells: list[MapCell]
    organisations: MapCell
    all: MapCell


def shown_recommendations(view: ListView) -> list[Recommendation]:
    """Return the rows: the recommendations of part ii that match the filters."""
    chosen, categories = view.selection.recommendation, view.selection.category
    return [
        recommendation
        for recommendation in view.vocabulary.recommendations.values()
        if recommendation.in_part_ii
        and (not chosen or recommendation.number in chosen)
        and (not categories or recommendation.category.code in categories)
    ]


def shown_countries(view: ListView, evidence: Evidence, order: str) -> list[Country]:
    """Return the columns: the countries that match the filters, in one of the orders of COLUMNS."""
    codes, regions = view.selection.country, view.selection.region
    shown = [
        country
        for country in view.vocabulary.countries.values()
        if (not codes or country.code in codes) and (not regions or country.region in regions)
    ]
    if order == "number":
        return sorted(shown, key=lambda country: -evidence.countries.get(country.code, 0))
    return sorted(shown, key=lambda country: country.region) if order == "region" else shown


def rows(view: ListView, evidence: Evidence, countries: list[Country]) -> list[tuple[Category, list[MapRow]]]:
    """Return the rows grouped by category."""
    links = MapLinks(view)
    found = [row(recommendation, evidence, countries, links) for recommendation in shown_recommendations(view)]
    return [(category, list(rows)) for category, rows in groupby(found, key=lambda r: r.recommendation.category)]


def row(recommendation: Recommendation, evidence: Evidence, countries: list[Country], links: "MapLinks") -> MapRow:
    """Return the row of a recommendation."""
    number = recommendation.number
    counts = evidence.cells.get(number, {})
    return MapRow(
        recommendation,
        [MapCell(counts.get(country.code, 0), links.cell(number, country.code)) for country in countries],
        MapCell(evidence.organisations.get(number, 0), links.organisations(number)),
        MapCell(evidence.recommendations.get(number, 0), links.recommendation(number)),
    )


def columns(view: ListView, evidence: Evidence, countries: list[Country]) -> list[MapColumn]:
    """Return the heads of the columns, each with the number of all its programmes."""
    links, profile = MapLinks(view), reverse("countries:detail", args=["CODE"])
    return [
        MapColumn(
            country.code,
            country.name,
            profile.replace("CODE", country.code),
            evidence.countries.get(country.code, 0),
            links.country(country.code),
            country.get_region_display(),
        )
        for country in countries
    ]


class MapLinks:
    """Addresses of the lists that are counted: the current query with other values of two facets.

    The addresses of cells are marked safe, without escaping each: a page has thousands of them, and their keys need no
    escaping.
    """

    def __init__(self, view: ListView) -> None:
        self.list, self.pairs = reverse("programmes:list"), view.selection.pairs
        kinds = view.selection.provider
        self.kinds = [kind for kind in ORGANISATIONS if not kinds or kind in kinds]
        others = with_replaced(with_replaced(self.pairs, "country", []), "recommendation", [])
        self.start = escape(f"{self.list}?{urlencode(others)}{'&' if others else ''}")

    def cell(self, number: str, code: str) -> SafeString:
        """Return the address, escaped for HTML, of the list of this recommendation in this country."""
        return SafeString(f"{self.start}country={code}&amp;recommendation={number}")

    def country(self, code: str) -> str:
        """Return the address of the list of this country."""
        return self._with("country", [code])

    def recommendation(self, number: str) -> str:
        """Return the address of the list of this recommendation."""
        return self._with("recommendation", [number])

    def organisations(self, number: str) -> str:
        """Return the address of the list of this recommendation's programmes provided by organisations."""
        pairs = with_replaced(self.pairs, "recommendation", [number])
        return address(self.list, with_replaced(pairs, "provider", self.kinds))

    def _with(self, name: str, values: list[str]) -> str:
        return address(self.list, with_replaced(self.pairs, name, values))


def orders(view: ListView, order: str) -> list[dict[str, Any]]:
    """Return the sort orders of the columns, each with the address of the map in that order."""
    pairs: Pairs = view.selection.pairs
    return [
        {"label": label, "selected": name == order, "url": address(view.path, (*pairs, ("columns", name)))}
        for name, label in COLUMNS.items()
    ]


def table(view: ListView, evidence: Evidence, countries: list[Country]) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the names of the columns and the rows of the map as a table for export; numbers only."""
    names = [f"{country.name} ({country.code})" for country in countries]
    found = []
    for _, group in rows(view, evidence, countries):
        for line in group:
            number, title = line.recommendation.number, line.recommendation.title
            head: dict[str, Any] = {
                "category": line.recommendation.category.code,
                "recommendation": number,
                "title": title,
            }
            counts = dict(zip(names, [cell.count for cell in line.cells], strict=True))
            found.append({**head, **counts, "organisations": line.organisations.count, "all": line.all.count})
    return ["category", "recommendation", "title", *names, "organisations", "all"], found
