"""Evidence map as its page shows it: columns, rows in groups, and notes, each number with the address of its list."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from gvc_catalogue.web.fragments import pattern
from gvc_catalogue.web.querystring import address
from recommendations.models import Category

from ..search.facet_definitions import NO_COUNTRY
from .axis_values import AxisValue
from .evidence_counts import EvidenceTable
from .map_axes import AXES, MapView
from .map_links import MapLinks
from .map_notes import sentences

CELL = "components/map_cell.html"
# Numbers from this one on have the darkest shade.
DARKEST = 4
# A map of more columns scrolls in itself.
MANY_COLUMNS = 30


@dataclass(frozen=True)
class MapColumn:
    """The head of a column with its total; `kind` is "narrower" for terms below another, "none" for No country."""

    label: str
    rest_of: str
    url: str
    count: int
    programmes_url: str
    kind: str
    region: str


@dataclass(frozen=True)
class MapRow:
    """A row: its value, its cells as HTML, and its total. `kind` is as of columns; `level` is 0 to 3, for indents."""

    value: AxisValue
    cells: SafeString
    count: int
    url: str
    kind: str
    level: int


def kind_of(value: AxisValue) -> str:
    return "none" if value.key == NO_COUNTRY else "narrower" if value.depth else ""


class CellMarkup:
    """HTML of the cells of a row. A map has thousands: what a column has alike is filled in once."""

    def __init__(self, columns: list[AxisValue], links: MapLinks) -> None:
        self.cells = [(column.key, *self._compiled(column, links)) for column in columns]

    @staticmethod
    def _compiled(column: AxisValue, links: MapLinks) -> tuple[str, str]:
        """Return the markup of a cell with a number, with holes for its shade, row and number; and of one without."""
        given = {"kind": kind_of(column)} if kind_of(column) else {}
        filled = pattern(CELL, (*given, "shade", "column", "row", "count"))
        return filled.given({**given, "column": links.column(column)}).markup, pattern(CELL, tuple(given)).fill(given)

    def row(self, counts: dict[str, int], end: SafeString) -> SafeString:
        """Return the cells of a row; `end` is the end of their addresses."""
        return SafeString(
            "".join(
                [
                    cell % (min(count, DARKEST), end, count) if (count := counts.get(key)) else empty
                    for key, cell, empty in self.cells
                ]
            )
        )


def groups(view: MapView, table: EvidenceTable) -> list[tuple[Category | None, list[MapRow]]]:
    """Return the rows grouped by the category of a recommendation; those of another axis by None."""
    links = MapLinks(view)
    cells = CellMarkup(table.columns, links)
    rows = [
        MapRow(
            value,
            cells.row(table.cells.get(value.key, {}), links.row(value)),
            table.row_totals[value.key],
            links.of(value),
            kind_of(value),
            min(value.depth, 3),
        )
        for value in table.rows
    ]
    return [(category, list(found)) for category, found in groupby(rows, key=lambda row: row.value.category)]


def columns(view: MapView, table: EvidenceTable) -> list[MapColumn]:
    """Return the heads of the columns, each with the number of all its programmes."""
    links = MapLinks(view)
    return [
        MapColumn(
            column.label,
            column.rest_of,
            column.url,
            table.column_totals[column.key],
            links.of(column),
            kind_of(column),
            column.region,
        )
        for column in table.columns
    ]


def map_context(view: MapView, table: EvidenceTable) -> dict[str, Any]:
    """Return the part of the page's context that is about the map itself. No query."""
    axes = view.axes
    gaps = [row for row in table.rows if not table.row_totals[row.key] and row.key != NO_COUNTRY]
    return {
        "title": axes.title,
        "axes": axes,
        "rows_name": AXES[axes.rows].one.capitalize(),
        "many_rows": AXES[axes.rows].many,
        "one_row": AXES[axes.rows].one,
        "total": table.total,
        "groups": groups(view, table) if table.rows and table.columns else [],
        "columns": columns(view, table),
        "many_columns": len(table.columns) > MANY_COLUMNS,
        "gaps": gaps,
        "sentences": sentences(view),
        "clear_url": address(view.path, axes.pairs),
        "by_region": axes.order == "region",
        "in_categories": axes.rows == "recommendation",
        "canonical": address(view.path, (*view.selection.pairs, *axes.pairs)),
        "list_query": urlencode(view.selection.pairs),
        "map_query": urlencode((*view.selection.pairs, *axes.pairs)),
    }
