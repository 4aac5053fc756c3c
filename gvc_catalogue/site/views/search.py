"""Site search over recommendations, programmes and countries; and search suggestions (autocomplete)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.web.filters import printable
from gvc_catalogue.web.problem_details import READABLE
from gvc_catalogue.web.querystring import address
from programmes.presentation.list_page import exactly
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.filters import LONGEST_SEARCH, ProgrammeFilter
from programmes.search.reference_search import named, search_reference, suggest_reference
from programmes.search.result_cards import result_cards
from programmes.search.search import find, suggested

# Suggestions of each kind.
SUGGESTED = 4


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Return the results, with records named by the query first; only the form for an empty or invalid query."""
    asked = ProgrammeFilter({"q": request.GET.get("q", "")}, keys={})
    if not asked.is_valid():
        context: dict[str, Any] = {"typed": printable(request.GET["q"]), "problems": asked.sentences}
        return render(request, "pages/search.html", context)
    selection = asked.selection
    if not selection.q:
        return render(request, "pages/search.html")
    edition = CatalogueSnapshot.now()
    found = find(selection, edition=edition)
    context = {
        "canonical": f"{request.path}?{urlencode({'q': selection.q})}",
        "typed": selection.q,
        "q": selection.q,
        "no_words": not selection.tokens,
        "named": named(selection.q, edition)[:SUGGESTED],
        **search_reference(found, edition),
        "found": found,
        "corrected": list(found.query.corrected.items()),
        "programmes": result_cards(found),
        "exactly_url": f"{request.path}?{urlencode({'q': exactly(selection)})}",
        "found_url": address(reverse("programmes:list"), selection.pairs),
    }
    return render(request, "pages/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return search suggestions for an incomplete query as JSON: recommendations, countries and programmes.

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
