"""Views of the list of programmes, with faceted search: as a page, and the same page as JSON."""

from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.openapi import documented
from gvc_catalogue.web.facets import FacetValue
from gvc_catalogue.web.list_responses import json_answer
from gvc_catalogue.web.problem_details import unknown_values
from gvc_catalogue.web.querystring import root

from ..presentation.list_page import list_context_of, unknown
from ..presentation.metadata import of_list
from ..schema.partial_match import PartialMatchRecord
from ..schema.records import ProgrammeRecord
from ..schema.ticked_programmes import ticked_slugs
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.facet_choices import ListView, facet_choices
from ..search.filters import ProgrammeFilter
from ..search.list_query import ListQueryRecord
from ..search.search import absent_values, find


class ProgrammeList(TypedDict):
    """One page of the programmes that match, and for each facet every value with a count above 0 or selected.

    `partial` are the programmes with some of the words, best first: on the first page, at most 20. `count`, `facets`
    and `results` are full matches only.
    """

    count: int
    page: int
    pages: int
    query: ListQueryRecord
    facets: dict[str, list[FacetValue]]
    results: list[ProgrammeRecord]
    partial: list[PartialMatchRecord]


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """Programmes that match the query string, paginated, with facets.

    For an unknown value of a filter, only an error message and the filters are shown.
    """
    edition = CatalogueSnapshot.now()
    asked = ProgrammeFilter(request.GET, edition.vocabulary.known)
    if not asked.is_valid():
        view = ListView(request.path, asked.known_selection, edition, ticked_slugs(request.GET))
        return render(request, "programmes/unknown.html", unknown(view, asked))
    found = find(asked.selection, request.GET.get("page", ""), edition)
    view = ListView(request.path, asked.selection, edition, ticked_slugs(request.GET))
    context = list_context_of(view, found, request.GET) | of_list(view, found, root(request))
    return render(request, "programmes/list.html", context)


@documented(ProgrammeList, asked=ProgrammeFilter, paged=True)
@require_safe
def programmes_json(request: HttpRequest) -> HttpResponse:
    """The programmes that match, paginated, with facets.

    The query string is that of the list’s page. Several values of a facet mean any of them; different facets mean all
    of them; empty values are ignored.
    """
    edition = CatalogueSnapshot.now()
    asked = ProgrammeFilter(request.GET, edition.vocabulary.known)
    if not asked.is_valid():
        return unknown_values(asked.problems)
    found = find(asked.selection, request.GET.get("page", ""), edition)
    view = ListView(reverse("programmes:list"), asked.selection, edition)
    body: ProgrammeList = {
        "count": found.page.total,
        "page": found.page.number,
        "pages": found.page.pages,
        "query": asked.selection.as_json(found.query, absent_values(asked.selection, edition)),
        "facets": {facet.name: facet.as_json() for facet in facet_choices(view, found.counts)},
        "results": found.programmes,
        "partial": [match.as_json() for match in found.partial],
    }
    return json_answer(body)
