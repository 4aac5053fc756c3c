"""Serialisation of model instances to records, and of records to rows of CSV and XLSX."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, TypedDict, cast

from gvc_catalogue.web.querystring import absolute
from recommendations.models import Recommendation

from ..schema import records
from ..schema.records import (
    CountryRecord,
    LinkRecord,
    OrganisationRecord,
    ProgrammeRecord,
    RecommendationRecord,
)
from ..schema.terms import TermRecord, term_columns
from . import Country, Example, ExampleDraft, Organisation, Programme, ProgrammeDraft, ProviderKind, Term
from .link import LinkFields


def programme_record(
    programme: Programme | ProgrammeDraft, examples: Iterable[Example | ExampleDraft] | None = None
) -> ProgrammeRecord:
    """Return the complete record of a programme or of a draft. No query for a programme loaded by `with_details()`.

    `examples` replace the published examples; a draft has none by default.
    """
    told = programme.examples.all() if examples is None and isinstance(programme, Programme) else examples or ()
    examples = sorted(told, key=lambda e: (e.recommendation.position, e.position))
    return records.programme(
        [value_at(programme, lookup) for lookup in records.LOOKUPS],
        organisation_record(programme.provider),
        [country_record(c) for c in sorted(programme.countries.all(), key=lambda c: (c.sort_name, c.code))],
        [organisation_record(partner) for partner in programme.partners.all()],
        [(recommendation_record(e.recommendation), e.quoted) for e in examples],
        records.Belongings(
            [link_record(link) for link in programme.links.all()],
            [term_record(one.term, one.words, one.confidence) for one in programme.classifications.all()],
        ),
    )


def value_at(instance: Any, lookup: str) -> Any:
    """Return the value at a lookup such as successor__slug; None if a relation on the path is null."""
    for name in lookup.split("__"):
        instance = None if instance is None else getattr(instance, name)
    return instance


def link_record(link: LinkFields) -> LinkRecord:
    """Return the record of a link."""
    return {"kind": link.kind, "url": link.url, "title": link.title, "language": link.language}


def term_record(term: Term, words: str = "", confidence: str = "") -> TermRecord:
    """Return the record of a term, with the words that justify it and their confidence."""
    return {"scheme": term.scheme, "key": term.key, "label": term.label, "words": words, "confidence": confidence}


def country_record(country: Country) -> CountryRecord:
    """Return the record of a country. No query."""
    url = country.get_absolute_url()
    return {"code": country.code, "name": country.name, "region": country.region, "url": url}


def organisation_record(organisation: Organisation) -> OrganisationRecord:
    """Return the record of a provider or partner."""
    return {"name": organisation.name, "kind": organisation.kind}


def recommendation_record(recommendation: Recommendation) -> RecommendationRecord:
    """Return the record of a recommendation. One query unless its category is loaded."""
    return {
        "number": recommendation.number,
        "title": recommendation.title,
        "category": recommendation.category.code,
        "url": recommendation.get_absolute_url(),
    }


REGION, CATEGORY = itemgetter("region"), itemgetter("category")
Labels = Mapping[str, Mapping[str, str]]


def programme_row(record: ProgrammeRecord, root: str, labels: Labels) -> dict[str, Any]:
    """Return a record as a row of CSV and XLSX. This function alone defines the columns and their order.

    `root` is prefixed to addresses of the catalogue; `labels` are the labels of FacetLabels. The lists `examples`,
    `places` and `place_urls` are in the same order: text, place in words and address of each example.
    """
    countries, recommendations = record["countries"], record["recommendations"]
    kind = record["provider"]["kind"]
    regions = list(dict.fromkeys(map(REGION, countries)))
    categories = list(dict.fromkeys(map(CATEGORY, recommendations)))
    row: dict[str, Any] = {
        "slug": record["slug"],
        "name": record["name"],
        "countries": [c["code"] for c in countries],
        "country_names": [c["name"] for c in countries],
        "provider": record["provider"]["name"],
        "provider_kind": kind,
        "provider_kind_label": labels["provider"].get(kind, kind),
        "partners": [p["name"] for p in record["partners"]],
        "regions": regions,
        "region_labels": [labels["region"].get(region, region) for region in regions],
        "categories": categories,
        "category_labels": [labels["category"].get(code, code) for code in categories],
        "recommendations": [r["number"] for r in recommendations],
        "recommendation_titles": [r["title"] for r in recommendations],
        "examples": [e["text"] for e in record["examples"]],
        "places": [e["place"] for e in record["examples"]],
        "place_urls": [absolute(root, e["url"]) for e in record["examples"]],
        "url": f"{root}{record['url']}",
        "status": record["status"],
        "status_label": labels["status"].get(record["status"], record["status"]),
        "checked_on": record["checked_on"],
        "successor": record["successor"],
        "links": [link["url"] for link in record["links"]],
        "link_kinds": [link["kind"] for link in record["links"]],
        **term_columns(record["terms"]),
    }
    # Plain fields that are not listed above are appended.
    for name in records.PLAIN:
        row[name] = record[name]  # type: ignore[literal-required]
    return row


PROGRAMME_COLUMNS = list(programme_row(cast(ProgrammeRecord, records.BLANK), "", defaultdict(dict)))


EXAMPLE_COLUMNS = [
    "recommendation",
    "recommendation_title",
    "position",
    "text",
    "programmes",
    "programme_names",
    "countries",
    "country_names",
    "providers",
    "provider_kinds",
    "provider_kind_labels",
    "source",
    "place",
    "url",
    "placed_by_inference",
    "reason",
]


class WholeExampleRecord(TypedDict):
    """An example with its recommendation and position, and with its programmes, their countries and providers.

    `url` is the address of the quotation, `place` its location in words.
    """

    recommendation: str
    recommendation_title: str
    position: int
    text: str
    programmes: list[str]
    programme_names: list[str]
    countries: list[str]
    country_names: list[str]
    providers: list[str]
    provider_kinds: list[str]
    provider_kind_labels: list[str]
    source: str
    place: str
    url: str
    placed_by_inference: bool
    reason: str


def example_record(example: Example) -> WholeExampleRecord:
    """Return an example as a row of EXAMPLE_COLUMNS. No query for an example loaded by `with_details()`."""
    programmes = sorted(example.programmes.all(), key=lambda p: p.slug)
    countries = {c.code: c.name for p in programmes for c in p.countries.all()}
    providers = {p.provider.name: p.provider.kind for p in programmes}
    kinds = list(dict.fromkeys(providers.values()))
    return {
        "recommendation": example.recommendation.number,
        "recommendation_title": example.recommendation.title,
        "position": example.position,
        "text": example.text,
        "programmes": [p.slug for p in programmes],
        "programme_names": [p.name for p in programmes],
        "countries": list(countries),
        "country_names": list(countries.values()),
        "providers": list(providers),
        "provider_kinds": kinds,
        "provider_kind_labels": [ProviderKind(kind).label for kind in kinds],
        "source": records.source_label(example.quoted),
        "place": example.place,
        "url": example.url,
        "placed_by_inference": example.placed_by_inference,
        "reason": example.reason,
    }
