"""API views of the reference data of programmes: countries and economies, providers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.openapi import documented
from gvc_catalogue.web.list_responses import ListResponse, PagedResponse, json_answer, list_response, paged_response
from gvc_catalogue.web.pagination import get_page

from ..models import Country, Organisation
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.reference_records import (
    CountedCountryRecord,
    CountryProfileRecord,
    ProviderRecord,
    countries,
    country_profile,
    providers,
)
from .country_address import of_country


@documented(ListResponse[CountedCountryRecord])
@require_safe
def countries_json(request: HttpRequest) -> HttpResponse:
    """All countries and economies, by name."""
    return json_answer(list_response(countries(CatalogueSnapshot.now())))


@documented(
    CountryProfileRecord, moves=True, places={"code": "ISO 3166-1 alpha-2, in capitals; small letters redirect to it."}
)
@require_safe
@of_country
def country_json(request: HttpRequest, country: Country, edition: CatalogueSnapshot) -> HttpResponse:
    """One country or economy with its numbers by recommendation of part ii."""
    return json_answer(country_profile(country, edition))


@documented(PagedResponse[ProviderRecord], paged=True)
@require_safe
def providers_json(request: HttpRequest) -> HttpResponse:
    """The organisations that provide programmes, by name, paginated."""
    shown = get_page(request.GET.get("page", ""), Organisation.objects.providers().count())
    return json_answer(paged_response(shown, providers(shown)))
