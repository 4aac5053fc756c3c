"""Comparison of countries side by side: for each recommendation the quotations from their programmes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from gvc_catalogue.web.querystring import address
from recommendations.models import Category, Recommendation

from ..models import Country
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.search import totals
from ..search.top_programmes import (
    NONE,
    QUOTED,
    QuotedProgrammes,
    TopProgrammes,
    TopProgrammesByCell,
    quoted_programmes,
    top_programmes,
)

LEAST, MOST = 2, 6
# Limit of countries in a suggested comparison, and of suggestions that add a country.
OFFERED = 4


@dataclass(frozen=True)
class ComparisonCell:
    """One country's programmes for one recommendation.

    `all` is the text of the link to all of them, "" where there is no example.
    """

    country: str
    quotings: list[QuotedProgrammes]
    all: str
    url: str


@dataclass(frozen=True)
class ComparisonRow:
    """A recommendation with a cell for each country."""

    recommendation: Recommendation
    cells: list[ComparisonCell]


@dataclass(frozen=True)
class ComparisonColumn:
    """A country that is compared: the number and list of its programmes, and the comparison without it."""

    code: str
    name: str
    url: str
    count: int
    programmes_url: str
    without_url: str


@dataclass(frozen=True)
class SuggestedComparison:
    """A suggested comparison: the text and address of its link."""

    label: str
    url: str


def comparison(codes: Sequence[str], edition: CatalogueSnapshot) -> dict[str, Any]:
    """Return the rows by category (`groups`), and the recommendations of part ii without any example (`gaps`)."""
    recommendations = edition.vocabulary.recommendations
    countries = [edition.vocabulary.countries[code] for code in codes]
    found = top_programmes(list(recommendations), codes, edition)
    served = {number for number, _ in found}
    rows = [row(recommendations[number], countries, found) for number in recommendations if number in served]
    gaps = [r for number, r in recommendations.items() if r.in_part_ii and number not in served]
    return {"groups": grouped(rows), "gaps": gaps}


def grouped(rows: Iterable[ComparisonRow]) -> list[tuple[Category, list[ComparisonRow]]]:
    """Return rows grouped by category."""
    return [(category, list(found)) for category, found in groupby(rows, key=lambda r: r.recommendation.category)]


def row(recommendation: Recommendation, countries: list[Country], found: TopProgrammesByCell) -> ComparisonRow:
    """Return the row of a recommendation."""
    number = recommendation.number
    return ComparisonRow(recommendation, [cell(number, c, found.get((number, c.code), NONE)) for c in countries])


def cell(number: str, country: Country, first: TopProgrammes) -> ComparisonCell:
    """Return the cell of a country in the row of a recommendation."""
    many = "all " if first.count > QUOTED else ""
    words = f"{many}{first.count:,} programme{'' if first.count == 1 else 's'}" if first.count else ""
    pairs = (("country", country.code), ("recommendation", number))
    return ComparisonCell(
        country.name,
        quoted_programmes(first.programmes, number),
        words,
        address(reverse("programmes:list"), pairs),
    )


def heads(codes: Sequence[str], edition: CatalogueSnapshot) -> list[ComparisonColumn]:
    """Return the columns: the countries that are compared, in the order of `codes`."""
    numbers = totals(edition)["country"]
    return [
        ComparisonColumn(
            code,
            country.name,
            country.get_absolute_url(),
            numbers.get(code, 0),
            address(reverse("programmes:list"), (("country", code),)),
            compare_address([other for other in codes if other != code]),
        )
        for code in codes
        for country in [edition.vocabulary.countries[code]]
    ]


def comparable(codes: Sequence[str]) -> bool:
    """Return whether the number of countries is within the limits of a comparison, LEAST to MOST."""
    return LEAST <= len(codes) <= MOST


def compare_address(codes: Iterable[str]) -> str:
    """Return the address of a comparison."""
    return address(reverse("compare"), tuple(("country", code) for code in codes))


def suggested_comparisons(chosen: Sequence[str], edition: CatalogueSnapshot) -> list[SuggestedComparison]:
    """Return comparisons to begin with.

    With `chosen` countries, each adds one of the countries with the most programmes. Without, they are of the countries
    with the most programmes, in all and by region.
    """
    largest = by_number(edition)
    if chosen:
        return [suggested_comparison([*chosen, c.code], edition) for c in largest if c.code not in chosen][:OFFERED]
    regions = groupby(sorted(largest, key=lambda c: c.region), key=lambda c: c.region)
    groups = [largest[:LEAST], largest[:OFFERED], *(list(found)[:OFFERED] for _, found in regions)]
    codes = dict.fromkeys(tuple(c.code for c in group) for group in groups if len(group) >= LEAST)
    return [suggested_comparison(group, edition) for group in codes]


def by_number(edition: CatalogueSnapshot) -> list[Country]:
    """Return the countries with programmes, those with the most first."""
    numbers = totals(edition)["country"]
    countries = [c for c in edition.vocabulary.countries.values() if numbers.get(c.code)]
    return sorted(countries, key=lambda c: -numbers[c.code])


def suggested_comparison(codes: Sequence[str], edition: CatalogueSnapshot) -> SuggestedComparison:
    """Return these countries as a suggested comparison."""
    return SuggestedComparison(names(codes, edition), compare_address(codes))


def names(codes: Iterable[str], edition: CatalogueSnapshot) -> str:
    """Return the names of countries in words: "Japan, Mexico and Poland"; "" for none."""
    *others, last = [edition.vocabulary.countries[code].name for code in codes] or [""]
    return f"{', '.join(others)} and {last}" if others else last
