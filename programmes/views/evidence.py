"""Views of the evidence map, programmes by two axes: as a page, as CSV and as XLSX."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.citations.site import about_workbook
from gvc_catalogue.formats.csv import csv_response
from gvc_catalogue.formats.xlsx import Column, workbook_response
from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import root

from ..presentation.citations import map_reference
from ..presentation.evidence_counts import EvidenceTable, evidence_table
from ..presentation.evidence_map import map_context
from ..presentation.filters import EvidenceFilter
from ..presentation.list_page import unknown
from ..presentation.map_axes import MapView, axis_choices
from ..presentation.map_notes import without_terms
from ..presentation.map_table import map_table
from ..presentation.search_page import understood_context
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.facet_choices import chips, describe_filters
from ..search.facet_panel import facets_at_first
from ..search.search import find, matching

# Of the columns of a workbook, in characters.
WIDTHS = {"title": 50, "label": 40, "broader": 20}


@require_safe
def evidence_page(request: HttpRequest) -> HttpResponse:
    """Evidence map: numbers of programmes by two axes, and the gaps, under the list's filters.

    For an unknown value of a filter or axis, an error message is shown instead.
    """
    edition = CatalogueSnapshot.now()
    asked = EvidenceFilter(request.GET, edition.vocabulary.known)
    if not asked.is_valid():
        view = MapView(request.path, asked.known_selection, edition, axes=asked.axes)
        return render(request, "programmes/unknown.html", unknown(view, asked) | {"section": "evidence_map"})
    view = MapView(request.path, asked.selection, edition, axes=asked.axes)
    listed = find(asked.selection, edition=edition)
    members = listed.answer.members
    context = {
        "section": "evidence_map",
        "selection": asked.selection,
        **map_context(view, evidence_table(view, members)),
        **axis_choices(view),
        "without_terms": without_terms(view, members),
        **understood_context(view, listed),
        "facets": facets_at_first(view, listed.counts, request.GET),
        "chips": chips(view),
        "in_words": describe_filters(view),
    }
    return render(request, "programmes/evidence_map.html", context)


def whole_map(make: Callable[[HttpRequest, MapView, EvidenceTable], HttpResponseBase]) -> Callable[..., Any]:
    """Return a view that validates the query string of the map and calls `make` with its view and numbers.

    For an unknown value the view returns problem details (RFC 9457) instead. It accepts GET and HEAD only.
    """

    @require_safe
    @wraps(make)
    def view(request: HttpRequest) -> HttpResponseBase:
        edition = CatalogueSnapshot.now()
        asked = EvidenceFilter(request.GET, edition.vocabulary.known)
        if not asked.is_valid():
            return unknown_values(asked.problems)
        shown = MapView(request.path, asked.selection, edition, axes=asked.axes)
        return make(request, shown, evidence_table(shown, matching(asked.selection, edition).members))

    return view


@whole_map
def evidence_csv(request: HttpRequest, view: MapView, table: EvidenceTable) -> HttpResponseBase:
    """The same numbers as a CSV table, one row for each row of the map."""
    return csv_response("evidence-map", *map_table(view, table))


@whole_map
def evidence_xlsx(request: HttpRequest, view: MapView, table: EvidenceTable) -> HttpResponseBase:
    """The same table as a workbook, with what was asked for on its last sheet."""
    names, rows = map_table(view, table)
    about = about_workbook(map_reference(view, table.total, root(request)), view.axes.order_label, view.edition.stamp)
    return workbook_response("evidence-map", [Column(n, WIDTHS.get(n, 12)) for n in names], rows, about, len(rows))
