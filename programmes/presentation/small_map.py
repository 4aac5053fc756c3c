"""Small evidence map of the home page: a picture of recommendations by country, which is also the list of countries."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.urls import reverse

from gvc_catalogue.search_index.query.crosstab import cross_tabulate, entries_by_value
from gvc_catalogue.web.querystring import address
from recommendations.models import Recommendation

from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.facet_definitions import NO_COUNTRY
from ..search.search import totals

# The most countries that are shown; the list of countries has all.
ROWS = 24
# Pixels: the width of a column, the room between two categories, the height of a row and of the head.
COLUMN, ROOM, HEIGHT, HEAD = 16, 10, 24, 32


@dataclass(frozen=True)
class SmallMapColumn:
    """A column: a recommendation of part ii and its middle in pixels; `gap` if no programme serves it."""

    number: str
    category: str
    x: int
    gap: bool

    @property
    def short(self) -> str:
        """The number within its category: 6 for 2.6."""
        return self.number.partition(".")[2]


@dataclass(frozen=True)
class SmallMapSquare:
    """A square: the programmes of a country that serve a recommendation. `x` is the middle of its column."""

    category: str
    x: int
    count: int


@dataclass(frozen=True)
class SmallMapRow:
    """A row: a country, or the programmes without one. `url` is the page of the country, "" if it has none."""

    label: str
    url: str
    count: int
    list_url: str
    squares: list[SmallMapSquare]


@dataclass(frozen=True)
class SmallMap:
    """The small evidence map. `width` is in pixels; `more` is the number of countries that are left out."""

    columns: list[SmallMapColumn]
    rows: list[SmallMapRow]
    width: int
    more: int
    height: int = HEIGHT
    head: int = HEAD

    @property
    def gaps(self) -> list[SmallMapColumn]:
        return [column for column in self.columns if column.gap]

    @property
    def categories(self) -> list[SmallMapColumn]:
        """The first column of each category."""
        return list({column.category: column for column in reversed(self.columns)}.values())[::-1]


def small_map(part_ii: Sequence[Recommendation], edition: CatalogueSnapshot) -> SmallMap:
    """Return the small evidence map: countries with the most programmes first, then the programmes without one.

    `part_ii` are the recommendations of part ii in their order, with their categories. No query.
    """
    snapshot, countries = edition.snapshot, edition.vocabulary.countries
    cells = cross_tabulate(snapshot, entries_by_value(snapshot, snapshot.all, "recommendation"), "country")
    columns = small_map_columns(part_ii, cells.keys())
    counts = totals(edition)["country"]
    codes = sorted(counts.keys() & countries.keys(), key=lambda code: (-counts[code], countries[code].sort_name))
    shown = [*codes[:ROWS], *([NO_COUNTRY] if counts.get(NO_COUNTRY) else [])]
    rows = [
        SmallMapRow(
            edition.vocabulary.label("country", code),
            countries[code].get_absolute_url() if code in countries else "",
            counts[code],
            address(reverse("programmes:list"), (("country", code),)),
            [SmallMapSquare(c.category, c.x, n) for c in columns if (n := cells.get(c.number, {}).get(code, 0))],
        )
        for code in shown
    ]
    return SmallMap(columns, rows, (columns[-1].x if columns else 0) + COLUMN, len(codes[ROWS:]))


def small_map_columns(part_ii: Sequence[Recommendation], served: Container[str]) -> list[SmallMapColumn]:
    """Return the columns with their places; `served` are the numbers of the recommendations with a programme."""
    columns, x, former = [], 0, ""
    for recommendation in part_ii:
        code = recommendation.category.code
        x += COLUMN if former in ("", code) else COLUMN + ROOM
        columns.append(SmallMapColumn(recommendation.number, code, x, recommendation.number not in served))
        former = code
    return columns
