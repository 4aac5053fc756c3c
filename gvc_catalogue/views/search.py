"""Recommendations, programmes and countries at once; and what goes with what is typed so far."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.lib.filters import printable
from gvc_catalogue.lib.folding import fold
from gvc_catalogue.lib.problems import READABLE
from gvc_catalogue.lib.querystring import address
from gvc_catalogue.lib.words import Term, terms
from programmes.edition import Edition
from programmes.filters import LONGEST_SEARCH, ProgrammeFilter
from programmes.hits import cards
from programmes.listing import exactly
from programmes.models import Country, Programme
from programmes.search import find, suggested
from recommendations.models import Recommendation

from .known import Known, with_beginning, with_terms

# How many of each kind are suggested.
SUGGESTED = 4


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What has the words asked for, and first the page that they name; the form alone where nothing is asked."""
    asked = ProgrammeFilter({"q": request.GET.get("q", "")}, keys={})
    if not asked.is_valid():
        context: dict[str, Any] = {"typed": printable(request.GET["q"]), "problems": asked.sentences}
        return render(request, "pages/search.html", context)
    selection = asked.selection
    if not selection.q:
        return render(request, "pages/search.html")
    wanted = terms(selection.q)
    edition = Edition.now()
    found = find(selection, edition=edition)
    context = {
        "canonical": f"{request.path}?{urlencode({'q': selection.q})}",
        "typed": selection.q,
        "q": selection.q,
        "no_words": not wanted,
        **beside(selection.q, wanted, edition),
        "found": found,
        "corrected": list(found.corrected.items()),
        "programmes": cards(found),
        "exactly_url": f"{request.path}?{urlencode({'q': exactly(selection)})}",
        "found_url": address(reverse("programmes:list"), selection.pairs),
    }
    return render(request, "pages/search.html", context)


def beside(q: str, wanted: list[Term], edition: Edition) -> dict[str, Any]:
    """Return what is found beside programmes; while the database is away, by the index alone."""
    if edition.away:
        known, condition = Known(edition), with_terms(wanted)
        return {
            "named": known.named(q.strip()),
            "recommendations": known.recommendations(condition),
            "countries": known.countries(condition),
        }
    return {
        "named": named(q),
        "recommendations": Recommendation.objects.with_number_of_programmes().with_terms(wanted),
        "countries": Country.objects.with_number_of_programmes().with_terms(wanted),
    }


def named(q: str) -> list[Any]:
    """Return the records that a search names by their key or whole name, and nothing else; three queries."""
    key = q.strip()
    return [
        *Recommendation.objects.filter(number=key.lower()),
        *Country.objects.filter(code=key.upper()),
        *Country.objects.filter(sort_name=fold(key)),
        *Programme.objects.filter(sort_name=fold(key)),
    ][:SUGGESTED]


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Recommendations, countries and programmes that go with what is typed so far, as JSON.

    With `form=opensearch` in the form that browsers read (OpenSearch suggestions extension).
    """
    # PostgreSQL takes no text with this sign in it; nobody types it.
    typed = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "")
    found = suggestions(typed)
    if request.GET.get("form") != "opensearch":
        return JsonResponse({"q": typed, "suggestions": found}, json_dumps_params=READABLE)
    urls = [request.build_absolute_uri(one["url"]) for one in found]
    lists = [[one["label"] for one in found], [one["kind"] for one in found], urls]
    return JsonResponse([typed, *lists], safe=False, json_dumps_params=READABLE)


def suggestions(typed: str) -> list[dict[str, str]]:
    """Return what is suggested: kind, label and address of each; four queries."""
    edition = Edition.now()
    rows = known_like(typed, edition) if edition.away else named_like(typed)
    kinds = zip(("Recommendation", "Country"), rows, strict=True)
    records = [
        {"kind": kind, "label": str(record), "url": record.get_absolute_url()}
        for kind, rows in kinds
        for record in rows[:SUGGESTED]
    ]
    programmes = suggested(typed, SUGGESTED, edition)
    return records + [{"kind": "Programme", "label": one["name"], "url": one["url"]} for one in programmes]


def named_like(typed: str) -> tuple[Any, Any]:
    """Return the recommendations and the countries that go with what is typed so far. No query yet."""
    return Recommendation.objects.named_like(typed), Country.objects.named_like(typed)


def known_like(typed: str, edition: Edition) -> tuple[Any, Any]:
    """Return the same as named_like(), by the index alone."""
    known, condition, key = Known(edition), with_beginning(typed), typed.strip()
    return known.recommendations(condition, key), known.countries(condition, key)
