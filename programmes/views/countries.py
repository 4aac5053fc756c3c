"""Countries and economies: the list, and one country's profile."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gvc_catalogue.lib.querystring import address
from recommendations.models import Recommendation

from ..models import Country, Example, Organisation, Programme
from ..serializers import programme_record


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    """All countries and economies by region, each with its number of programmes; those elsewhere in a line."""
    countries = Country.objects.with_number_of_programmes().order_by("region", "sort_name")
    nowhere = [programme_record(programme) for programme in Programme.objects.filter(countries=None).with_details()]
    return render(request, "countries/list.html", {"section": "countries", "countries": countries, "nowhere": nowhere})


@require_safe
def country_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What a country does by recommendation, in the statement's words, and where no example is recorded."""
    country = Country.objects.with_number_of_programmes().filter(code=code.upper()).first()
    if country is None:
        raise Http404(f"There is no country or economy “{code}” in the catalogue.")
    if code != country.code:
        return redirect(country, permanent=True)
    rows = by_recommendation(country)
    context = {
        "section": "countries",
        "country": country,
        "rows": rows,
        "served": [row for row in rows if row["examples"]],
        "missing": [row for row in rows if not row["examples"]],
        "providers": Organisation.objects.filter(programmes__countries=country).distinct(),
        "programmes": Programme.objects.filter(countries=country).with_details(),
    }
    return render(request, "countries/detail.html", context)


def by_recommendation(country: Country) -> list[dict[str, Any]]:
    """Return for each recommendation of part ii the country's examples and number of programmes; five queries."""
    examples: dict[int, list[Example]] = {}
    for example in Example.objects.from_country(country).with_details():
        examples.setdefault(example.recommendation_id, []).append(example)
    return [
        {
            "recommendation": recommendation,
            "examples": examples.get(recommendation.pk, []),
            "count": recommendation.number_of_programmes_there,
            "url": strip_url(country, recommendation),
        }
        for recommendation in Recommendation.objects.of_part_ii().with_number_of_programmes_in(country.code)
    ]


def strip_url(country: Country, recommendation: Recommendation) -> str:
    """Return where a recommendation's number of programmes of a country leads: to them; of none to what it asks."""
    if not recommendation.number_of_programmes_there:
        return recommendation.get_absolute_url()
    pairs = (("country", country.code), ("recommendation", recommendation.number))
    return address(reverse("programmes:list"), pairs)
