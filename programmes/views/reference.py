"""API views of the reference data of programmes: countries and economies, providers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gvc_catalogue.formats.openapi import documented
from gvc_catalogue.web.list_responses import ListResponse, PagedResponse, json_answer, list_response, paged_response
from gvc_catalogue.web.pagination import get_page

from ..models import Organisation
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.reference_records import (
    CountedCountryRecord,
    CountryProfileRecord,
    ProviderRecord,
    countries,
    country_profile,
    providers,
)


@documented(ListResponse[CountedCountryRecord])
@require_safe
def countries_json(request: HttpRequest) -> HttpResponse:
    """All countries and economies, by name."""
    return json_answer(list_response(countries(CatalogueSnapshot.now())))


@documented(CountryProfileRecord, places={"code": "ISO 3166-1 alpha-2, in capitals."})
@require_safe
def country_json(request: HttpRequest, code: str) -> HttpResponse:
    """One country or economy with its numbers by recommendation of part ii."""
    edition = CatalogueSnapshot.now()
    country = edition.vocabulary.countries.get(code)
    if country is None:
        raise Http404(f"There is no country or economy “{code}” in the catalogue.")
    return json_answer(country_profile(country, edition))


@documented(PagedResponse[ProviderRecord], paged=True)
@require_safe
def providers_json(request: HttpRequest) -> HttpResponse:
    """The organisations that provide programmes, by name, paginated."""
    shown = get_page(request.GET.get("page", ""), Organisation.objects.providers().count())
    return json_answer(paged_response(shown, providers(shown)))
