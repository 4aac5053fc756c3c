"""What programmes refer to, as records: countries and providers, each with its number of programmes.

The numbers are those of the list's facets: what choosing the value alone gives.
"""

from gvc_catalogue.web.pagination import Page
from recommendations.models import Recommendation

from ..models import Country, Organisation
from ..models.serializers import country_record, organisation_record, recommendation_record
from ..schema.records import CountryRecord, OrganisationRecord, RecommendationRecord
from .catalogue_snapshot import CatalogueSnapshot
from .list_query import ListQuery
from .search import find, totals


class CountedCountryRecord(CountryRecord):
    """A country or economy with its alpha-3 code, its name as printed, and its number of programmes."""

    code3: str
    name_in_source: str
    programmes: int


class CountedRecommendationRecord(RecommendationRecord):
    """A recommendation with its number of programmes in one country; 0 where no example is recorded."""

    programmes: int


class CountryProfileRecord(CountedCountryRecord):
    """A country or economy over the recommendations of part ii."""

    recommendations: list[CountedRecommendationRecord]


class ProviderRecord(OrganisationRecord):
    """An organisation that runs programmes; `country` is null for one that the source places in none."""

    country: CountryRecord | None
    programmes: int


def countries(edition: CatalogueSnapshot) -> list[CountedCountryRecord]:
    """Return all countries and economies by name; no query while the index answers."""
    numbers = totals(edition)["country"]
    return [counted_country(country, numbers.get(code, 0)) for code, country in edition.vocabulary.countries.items()]


def counted_country(country: Country, programmes: int) -> CountedCountryRecord:
    """Return the record of a country with its number of programmes."""
    more = {"code3": country.code3, "name_in_source": country.name_in_source, "programmes": programmes}
    return {**country_record(country), **more}  # type: ignore[typeddict-item]


def country_profile(country: Country, edition: CatalogueSnapshot) -> CountryProfileRecord:
    """Return a country over the recommendations of part ii; one query while the index answers."""
    found = find(ListQuery(country=(country.code,)), edition=edition)
    numbers = found.counts["recommendation"]
    recommendations: list[CountedRecommendationRecord] = [
        {**recommendation_record(one), "programmes": numbers.get(one.number, 0)}
        for one in Recommendation.objects.of_part_ii().with_category()
    ]
    return {**counted_country(country, found.page.total), "recommendations": recommendations}


def providers(shown: Page) -> list[ProviderRecord]:
    """Return those who run programmes, by name, one page of them; one query."""
    return [provider_record(one) for one in Organisation.objects.providers()[shown.start : shown.stop]]


def provider_record(provider: Organisation) -> ProviderRecord:
    """Return the record of one of `providers()`."""
    return {
        **organisation_record(provider),
        "country": country_record(provider.country) if provider.country else None,
        "programmes": provider.number_of_programmes,
    }
