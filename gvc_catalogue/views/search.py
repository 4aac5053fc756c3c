"""Recommendations, programmes and countries at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.lib.querystring import address
from gvc_catalogue.lib.words import terms
from programmes.filters import ProgrammeFilter
from programmes.models import Country
from programmes.search import find
from recommendations.models import Recommendation


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What has the words asked for; the form alone where none are."""
    asked = ProgrammeFilter({"q": request.GET.get("q", "")}, choices={})
    if not asked.is_valid():
        return render(request, "pages/search.html", {"problems": asked.sentences})
    selection = asked.selection
    if not selection.q:
        return render(request, "pages/search.html")
    wanted = terms(selection.q)
    context = {
        "q": selection.q,
        "no_words": not wanted,
        "recommendations": Recommendation.objects.with_number_of_programmes().with_terms(wanted),
        "countries": Country.objects.with_number_of_programmes().with_terms(wanted),
        "found": find(selection),
        "found_url": address(reverse("programmes:list"), selection.pairs),
    }
    return render(request, "pages/search.html", context)
