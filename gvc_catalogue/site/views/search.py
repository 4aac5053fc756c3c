"""Site search over programmes, recommendations, countries and terms; and search suggestions (autocomplete)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gvc_catalogue.web.filters import printable
from gvc_catalogue.web.problem_details import READABLE
from gvc_catalogue.web.querystring import address
from programmes.presentation.search_page import search_context
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.facet_choices import ListView
from programmes.search.filters import LONGEST_SEARCH, ProgrammeFilter
from programmes.search.reference_search import suggest_reference
from programmes.search.search import suggested

# Suggestions of each kind.
SUGGESTED = 4


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Return the results, the record that the query names first; only the form for an empty or invalid query."""
    asked = ProgrammeFilter({"q": request.GET.get("q", "")}, keys={})
    if not asked.is_valid():
        context: dict[str, Any] = {"typed": printable(request.GET["q"]), "problems": asked.sentences}
        return render(request, "pages/search.html", context)
    selection = asked.selection
    if not selection.tokens:
        return render(
            request, "pages/search.html", {"typed": selection.q, "q": selection.q, "no_words": bool(selection.q)}
        )
    view = ListView(request.path, selection, CatalogueSnapshot.now())
    context = {"canonical": address(request.path, selection.pairs), "typed": selection.q, "q": selection.q}
    return render(request, "pages/search.html", context | search_context(view))


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return search suggestions for an incomplete query as JSON: recommendations, countries, terms and programmes.

    With `form=opensearch` the format is that of browsers (OpenSearch suggestions extension).
    """
    # PostgreSQL accepts no NUL character in text.
    typed = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "")
    found = suggestions(typed)
    if request.GET.get("form") != "opensearch":
        return JsonResponse({"q": typed, "suggestions": found}, json_dumps_params=READABLE)
    urls = [request.build_absolute_uri(one["url"]) for one in found]
    lists = [[one["label"] for one in found], [one["kind"] for one in found], urls]
    return JsonResponse([typed, *lists], safe=False, json_dumps_params=READABLE)


def suggestions(typed: str) -> list[dict[str, str]]:
    """Return suggestions for an incomplete query: kind, label and URL of each. One query, for the revision."""
    edition = CatalogueSnapshot.now()
    found = [{"kind": h.kind, "label": h.label, "url": h.url} for h in suggest_reference(typed, SUGGESTED, edition)]
    programmes = suggested(typed, SUGGESTED, edition)
    return found + [{"kind": "Programme", "label": one["name"], "url": one["url"]} for one in programmes]
