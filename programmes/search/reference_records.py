"""Serialisation of reference records: countries and providers, each with its number of programmes.

Numbers for countries and recommendations are facet counts, the same as in the list filtered by that value.
"""

from collections.abc import Mapping

from gvc_catalogue.web.pagination import Page
from recommendations.models import Recommendation

from ..models import Country, Organisation
from ..models.serializers import country_record, organisation_record, recommendation_record
from ..schema.records import CountryRecord, OrganisationRecord, RecommendationRecord
from .catalogue_snapshot import CatalogueSnapshot
from .list_query import ListQuery
from .search import find, totals


class CountedCountryRecord(CountryRecord):
    """A country or economy with its ISO 3166-1 alpha-3 code, its name as printed, and its number of programmes."""

    code3: str
    name_in_source: str
    programmes: int


class CountedRecommendationRecord(RecommendationRecord):
    """A recommendation with its number of programmes in one country; 0 if no example is recorded."""

    programmes: int


class CountryProfileRecord(CountedCountryRecord):
    """A country or economy with its number of programmes for each recommendation of part ii."""

    recommendations: list[CountedRecommendationRecord]


class ProviderRecord(OrganisationRecord):
    """An organisation that runs programmes; `country` is null if the source names no country for it."""

    country: CountryRecord | None
    programmes: int


def countries(edition: CatalogueSnapshot) -> list[CountedCountryRecord]:
    """Return all countries and economies, sorted by name. No query while the index is available."""
    numbers = totals(edition)["country"]
    return [counted_country(country, numbers.get(code, 0)) for code, country in edition.vocabulary.countries.items()]


def counted_country(country: Country, programmes: int) -> CountedCountryRecord:
    """Return the record of a country with its number of programmes."""
    more = {"code3": country.code3, "name_in_source": country.name_in_source, "programmes": programmes}
    return {**country_record(country), **more}  # type: ignore[typeddict-item]


def served_recommendations(edition: CatalogueSnapshot, counts: Mapping[str, int]) -> list[tuple[Recommendation, int]]:
    """Return the recommendations of part ii, and others with a count, each with its count of a country's programmes.

    `counts` are those of the facet "recommendation" in the list of the country. Order of the statement; no query.
    """
    known = edition.vocabulary.recommendations.values()
    return [(one, counts.get(one.number, 0)) for one in known if one.in_part_ii or counts.get(one.number)]


def country_profile(country: Country, edition: CatalogueSnapshot) -> CountryProfileRecord:
    """Return a country with its number of programmes for each recommendation of part ii. No query."""
    found = find(ListQuery(country=(country.code,)), edition=edition)
    recommendations: list[CountedRecommendationRecord] = [
        {**recommendation_record(one), "programmes": count}
        for one, count in served_recommendations(edition, found.counts["recommendation"])
        if one.in_part_ii
    ]
    return {**counted_country(country, found.page.total), "recommendations": recommendations}


def providers(shown: Page) -> list[ProviderRecord]:
    """Return one page of the organisations that run programmes, sorted by name. One query."""
    return [provider_record(one) for one in Organisation.objects.providers()[shown.start : shown.stop]]


def provider_record(provider: Organisation) -> ProviderRecord:
    """Return the record of an organisation of the queryset method `providers()`."""
    return {
        **organisation_record(provider),
        "country": country_record(provider.country) if provider.country else None,
        "programmes": provider.number_of_programmes,
    }
