"""Evidence map as a table for export: the numbers of the page, with the keys of its rows and columns."""

from typing import Any

from ..search.facet_labels import FacetLabels
from .axis_values import HIERARCHICAL, AxisValue
from .evidence_counts import EvidenceTable
from .map_axes import MapView


def map_table(view: MapView, table: EvidenceTable) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the names of the columns and the rows; numbers only, zeros included. No query."""
    names = {column.key: column_name(column) for column in table.columns}
    heads = [head(view.axes.rows, row, view.vocabulary) for row in table.rows]
    found = [
        {
            **start,
            **{name: table.cells.get(row.key, {}).get(key, 0) for key, name in names.items()},
            "all": table.row_totals[row.key],
        }
        for start, row in zip(heads, table.rows, strict=True)
    ]
    first = list(heads[0]) if heads else [view.axes.rows]
    return [*first, *names.values(), "all"], found


def column_name(column: AxisValue) -> str:
    """Return the header of a column: its label with its key, "Japan (JP)"."""
    return column.name if column.is_derived else f"{column.label} ({column.key})"


def head(facet: str, row: AxisValue, vocabulary: FacetLabels) -> dict[str, str]:
    """Return the first cells of a row: key and label, before them the category of a recommendation.

    For a term also the key of its broader term. The row of the programmes with none of the narrower terms has no key.
    """
    if facet == "recommendation":
        recommendation = vocabulary.recommendations[row.key]
        return {
            "category": recommendation.category.code,
            "recommendation": row.key,
            "title": recommendation.title,
        }
    if facet not in HIERARCHICAL:
        return {facet: row.key, "label": row.label}
    term = row.choice[0][1]
    broader = term if row.is_derived else "".join(vocabulary.tree.paths[term][1:2])
    return {facet: "" if row.is_derived else term, "label": row.label, "broader": broader}
