"""One shape for a programme and an example, wherever data leaves the catalogue."""

from collections.abc import Mapping
from typing import Any, TypedDict

from recommendations.models import Recommendation

from . import records
from .models import Country, Example, Organisation, Programme
from .records import CountryRecord, OrganisationRecord, ProgrammeRecord, RecommendationRecord


def programme_record(programme: Programme) -> ProgrammeRecord:
    """Return a programme with all that is known of it; no query after `with_details()`."""
    examples = sorted(programme.examples.all(), key=lambda e: (e.recommendation.position, e.position))
    return records.programme(
        programme.slug,
        programme.name,
        organisation_record(programme.provider),
        [country_record(c) for c in sorted(programme.countries.all(), key=lambda c: (c.sort_name, c.code))],
        [organisation_record(partner) for partner in programme.partners.all()],
        [(recommendation_record(e.recommendation), e.quoted) for e in examples],
    )


def country_record(country: Country) -> CountryRecord:
    """Return the record of a country."""
    url = country.get_absolute_url()
    return {"code": country.code, "name": country.name, "region": country.region, "url": url}


def organisation_record(organisation: Organisation) -> OrganisationRecord:
    """Return the record of a provider or partner."""
    return {"name": organisation.name, "kind": organisation.kind}


def recommendation_record(recommendation: Recommendation) -> RecommendationRecord:
    """Return the record of a recommendation; its category must be there, or costs a query."""
    return {
        "number": recommendation.number,
        "title": recommendation.title,
        "category": recommendation.category.code,
        "url": recommendation.get_absolute_url(),
    }


PROGRAMME_COLUMNS = [
    "slug",
    "name",
    "countries",
    "country_names",
    "provider",
    "provider_kind",
    "partners",
    "regions",
    "categories",
    "recommendations",
    "recommendation_titles",
    "examples",
    "url",
]


def programme_row(record: Mapping[str, Any], root: str = "") -> dict[str, Any]:
    """Return the same record as a row of PROGRAMME_COLUMNS; `root` goes before its address."""
    countries, recommendations = record["countries"], record["recommendations"]
    return {
        "slug": record["slug"],
        "name": record["name"],
        "countries": [c["code"] for c in countries],
        "country_names": [c["name"] for c in countries],
        "provider": record["provider"]["name"],
        "provider_kind": record["provider"]["kind"],
        "partners": [p["name"] for p in record["partners"]],
        "regions": list(dict.fromkeys(c["region"] for c in countries)),
        "categories": list(dict.fromkeys(r["category"] for r in recommendations)),
        "recommendations": [r["number"] for r in recommendations],
        "recommendation_titles": [r["title"] for r in recommendations],
        "examples": [e["text"] for e in record["examples"]],
        "url": f"{root}{record['url']}",
    }


EXAMPLE_COLUMNS = [
    "recommendation",
    "position",
    "text",
    "programmes",
    "programme_names",
    "countries",
    "country_names",
    "providers",
    "provider_kinds",
    "source",
    "placed_by_inference",
    "reason",
]


class WholeExampleRecord(TypedDict):
    """An example with its recommendation and place, and what it describes, by keys and by names."""

    recommendation: str
    position: int
    text: str
    programmes: list[str]
    programme_names: list[str]
    countries: list[str]
    country_names: list[str]
    providers: list[str]
    provider_kinds: list[str]
    source: str
    placed_by_inference: bool
    reason: str


def example_record(example: Example) -> WholeExampleRecord:
    """Return an example as a row of EXAMPLE_COLUMNS; no query after `with_details()`."""
    programmes = sorted(example.programmes.all(), key=lambda p: p.slug)
    countries = {c.code: c.name for p in programmes for c in p.countries.all()}
    providers = {p.provider.name: p.provider.kind for p in programmes}
    return {
        "recommendation": example.recommendation.number,
        "position": example.position,
        "text": example.text,
        "programmes": [p.slug for p in programmes],
        "programme_names": [p.name for p in programmes],
        "countries": list(countries),
        "country_names": list(countries.values()),
        "providers": list(providers),
        "provider_kinds": list(dict.fromkeys(providers.values())),
        "source": records.source_label(example.quoted),
        "placed_by_inference": example.placed_by_inference,
        "reason": example.reason,
    }
