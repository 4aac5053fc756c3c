"""Views of the evidence map, part ii's recommendations by country: as a page and as CSV."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.csv import csv_response
from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import address

from ..presentation import evidence_map
from ..presentation.evidence_counts import evidence
from ..presentation.filters import EvidenceFilter
from ..presentation.list_page import unknown
from ..presentation.search_page import understood_context
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.facet_choices import ListView, chips, describe_filters, facets_at_first
from ..search.search import find


@require_safe
def evidence_page(request: HttpRequest) -> HttpResponse:
    """Evidence map: numbers of programmes by recommendation and country, and the gaps, under the list's filters.

    For an unknown value of a filter, an error message is shown instead.
    """
    edition = CatalogueSnapshot.now()
    asked = EvidenceFilter(request.GET, edition.vocabulary.known)
    if not asked.is_valid():
        view = ListView(request.path, asked.known_selection, edition)
        context = unknown(view, asked) | {"section": "evidence_map"}
        return render(request, "programmes/unknown.html", context)
    view = ListView(request.path, asked.selection, edition)
    found, listed = evidence(asked.selection, edition), find(asked.selection, edition=edition)
    countries = evidence_map.shown_countries(view, found, asked.order)
    groups = evidence_map.rows(view, found, countries)
    context = {
        "section": "evidence_map",
        "canonical": address(request.path, asked.selection.pairs),
        "selection": asked.selection,
        "total": found.total,
        "groups": groups,
        "gaps": [row.recommendation for _, rows in groups for row in rows if not row.all.count],
        "columns": evidence_map.columns(view, found, countries),
        "orders": evidence_map.orders(view, asked.order),
        "by_region": asked.order == "region",
        **understood_context(view, listed),
        "facets": facets_at_first(view, listed.counts, request.GET),
        "chips": chips(view),
        "in_words": describe_filters(view),
        "query": request.GET.urlencode(),
        "list_query": urlencode(asked.selection.pairs),
    }
    return render(request, "programmes/evidence_map.html", context)


@require_safe
def evidence_csv(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a CSV table, one row per recommendation."""
    edition = CatalogueSnapshot.now()
    asked = EvidenceFilter(request.GET, edition.vocabulary.known)
    if not asked.is_valid():
        return unknown_values(asked.problems)
    view, found = ListView(request.path, asked.selection, edition), evidence(asked.selection, edition)
    countries = evidence_map.shown_countries(view, found, asked.order)
    return csv_response("evidence-map", *evidence_map.table(view, found, countries))
