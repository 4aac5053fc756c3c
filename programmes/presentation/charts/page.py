"""A chart for a page: the drawings, the table behind it, and the addresses of its files."""

from dataclasses import dataclass

from django.urls import reverse

from ...search.catalogue_snapshot import CatalogueSnapshot
from ...search.list_query import ListQuery
from .catalogue import chart
from .data import Chart
from .drawing import narrow_drawing, page_drawing
from .shapes import Drawing

FILES = {"svg": "SVG", "png": "PNG", "csv": "CSV"}


@dataclass(frozen=True)
class PageChart:
    """A chart for a page. `files` are the labels and addresses of its files, with the filters of the list query.

    A chart without a `narrow` form scrolls in itself on a phone.
    """

    chart: Chart
    wide: Drawing
    narrow: Drawing | None
    files: list[tuple[str, str]]


def page_chart(name: str, selection: ListQuery, edition: CatalogueSnapshot) -> PageChart:
    """Return a chart of the programmes that match a list query, for a page. No query.

    `name` is one of CHARTS. In the template: `{% include "components/chart.html" with shown=chart only %}`.
    """
    made = chart(name, selection, edition)
    query = f"?{made.query}" if made.query else ""
    files = [(label, f"{reverse('chart', args=[name, form])}{query}") for form, label in FILES.items()]
    return PageChart(made, page_drawing(made), narrow_drawing(made), files)
