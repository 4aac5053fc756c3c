"""What programmes refer to, as data: countries and economies, providers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gvc_catalogue.lib.answers import Paged, Whole, answer, paged, whole
from gvc_catalogue.lib.listing import page
from gvc_catalogue.lib.openapi import described

from ..edition import Edition
from ..models import Organisation
from ..reference import (
    CountedCountryRecord,
    CountryProfileRecord,
    ProviderRecord,
    countries,
    country_profile,
    providers,
)


@described(Whole[CountedCountryRecord])
@require_safe
def countries_json(request: HttpRequest) -> HttpResponse:
    """All countries and economies, by name."""
    return answer(whole(countries(Edition.now())))


@described(CountryProfileRecord, places={"code": "ISO 3166-1 alpha-2, in capitals."})
@require_safe
def country_json(request: HttpRequest, code: str) -> HttpResponse:
    """One country or economy over the recommendations of part ii."""
    edition = Edition.now()
    country = edition.vocabulary.countries.get(code)
    if country is None:
        raise Http404(f"There is no country or economy “{code}” in the catalogue.")
    return answer(country_profile(country, edition))


@described(Paged[ProviderRecord], paged=True)
@require_safe
def providers_json(request: HttpRequest) -> HttpResponse:
    """The organisations that run programmes, by name, a page of them."""
    shown = page(request.GET.get("page", ""), Organisation.objects.providers().count())
    return answer(paged(shown, providers(shown)))
