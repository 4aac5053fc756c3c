"""Facet definitions for faceted search: labels, values in a record, and all entries in the order of the page.

The query string, its validation, the index, counts, chips, headings, JSON and OpenAPI are derived from these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import TextChoices

from recommendations.models import Category, Recommendation

from ..models import Country, ProviderKind, Region, Status, Term
from ..schema.records import ProgrammeRecord
from .country_names import country_labels


class FacetLabel(NamedTuple):
    """An entry of a facet: its key, its label, and the heading of its group in the facet ("" for none)."""

    value: str
    label: str
    group: str = ""


class Reference(NamedTuple):
    """Reference records that facet entries are built from, by code or number, in the order of the page."""

    countries: Mapping[str, Country]
    categories: Mapping[str, Category]
    recommendations: Mapping[str, Recommendation]
    terms: Mapping[str, Term]


@dataclass(frozen=True)
class FacetDefinition:
    """Definition of one facet.

    `name` is its parameter in the query string, `label` its title on the page, `in_words` its part of a list's heading,
    `noun` the kind of key in the error message about an unknown key. `values` returns the keys of a programme, each
    once; `entries` returns the keys of the catalogue with their labels. `without_record` returns labels of further
    valid keys, which no programme has: the facet lists such a key only while it is chosen. In a `hierarchical` facet a
    broader term includes its narrower ones. A `folded` facet is collapsed on the page until one of its values is
    chosen.
    """

    name: str
    label: str
    in_words: str
    noun: str
    values: Callable[[ProgrammeRecord], tuple[str, ...]]
    entries: Callable[[Reference], list[FacetLabel]]
    without_record: Callable[[], Mapping[str, str]] = dict
    hierarchical: bool = False
    folded: bool = False


def each(relation: str, key: str) -> Callable[[ProgrammeRecord], tuple[str, ...]]:
    """Return a function that returns the distinct values of `key` in the records of a relation, in their order."""
    value = itemgetter(key)

    def values(record: ProgrammeRecord) -> tuple[str, ...]:
        found = record[relation]  # type: ignore[literal-required]
        # Fast path for one record, the most frequent case: an index build calls this for each programme.
        return (found[0][key],) if len(found) == 1 else tuple(dict.fromkeys(map(value, found)))

    return values


def choices(kinds: type[TextChoices]) -> Callable[[Reference], list[FacetLabel]]:
    """Return a function that returns the facet entries for the choices of a model field."""
    return lambda reference: [FacetLabel(value, label) for value, label in kinds.choices]


def of_terms(scheme: str, label: str, in_words: str) -> FacetDefinition:
    """Return the definition of the facet of a scheme of the vocabulary; its parameter is the scheme."""

    def values(record: ProgrammeRecord) -> tuple[str, ...]:
        return tuple(term["key"] for term in record["terms"] if term["scheme"] == scheme)

    def entries(reference: Reference) -> list[FacetLabel]:
        return [FacetLabel(t.key, t.label) for t in reference.terms.values() if t.scheme == scheme]

    return FacetDefinition(scheme, label, in_words, label.lower(), values, entries, hierarchical=True, folded=True)


# In the order of the page.
DEFINITIONS = (
    FacetDefinition(
        name="country",
        label="Country or economy",
        in_words="in {}",
        noun="country or economy",
        values=each("countries", "code"),
        entries=lambda reference: [FacetLabel(c.code, c.name) for c in reference.countries.values()],
        without_record=country_labels,
    ),
    FacetDefinition(
        name="region",
        label="Region",
        in_words="in {}",
        noun="region",
        values=each("countries", "region"),
        entries=choices(Region),
    ),
    FacetDefinition(
        name="category",
        label="Category",
        in_words="on {}",
        noun="category",
        values=each("recommendations", "category"),
        entries=lambda reference: [FacetLabel(c.code, str(c)) for c in reference.categories.values()],
    ),
    FacetDefinition(
        name="recommendation",
        label="Recommendation",
        in_words="serving {}",
        noun="recommendation",
        values=each("recommendations", "number"),
        entries=lambda reference: [
            FacetLabel(r.number, str(r), str(r.category)) for r in reference.recommendations.values()
        ],
    ),
    FacetDefinition(
        name="provider",
        label="Provider",
        in_words="run by: {}",
        noun="kind of provider",
        values=lambda record: (record["provider"]["kind"],),
        entries=choices(ProviderKind),
    ),
    FacetDefinition(
        name="status",
        label="Status",
        in_words="with the status: {}",
        noun="status",
        values=lambda record: (record["status"],),
        entries=choices(Status),
    ),
    of_terms("instrument", "Policy instrument", "with the instrument: {}"),
    of_terms("topic", "Topic", "on the topic: {}"),
    of_terms("beneficiary", "Beneficiary", "for: {}"),
)
FACETS = tuple(facet.name for facet in DEFINITIONS)


def values_by_facet(
    record: ProgrammeRecord, paths: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> dict[str, tuple[str, ...]]:
    """Return the facet values of a programme by facet name, each value once.

    `paths` are for the key of each term its own and those of its broader terms, for hierarchical facets.
    """
    return {facet.name: _widened(facet, facet.values(record), paths) for facet in DEFINITIONS}


def _widened(facet: FacetDefinition, keys: tuple[str, ...], paths: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not facet.hierarchical:
        return keys
    return tuple(dict.fromkeys(above for key in keys for above in paths.get(key, (key,))))
