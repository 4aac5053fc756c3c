"""Facet definitions for faceted search: labels, values in a record, and all entries in the order of the page.

The query string, its validation, the index, counts, chips, headings, JSON and OpenAPI are derived from these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import TextChoices

from recommendations.models import Category, Recommendation

from ..models import Certainty, Country, ProviderKind, Region, Status, Term
from ..models.status import STATUS_ALIASES
from ..schema.records import ProgrammeRecord
from .country_names import country_labels


class FacetLabel(NamedTuple):
    """An entry of a facet: its key and its label."""

    value: str
    label: str


class Phrase(NamedTuple):
    """A value in a heading in words of its own: of programmes that have it, and of those that lack it."""

    having: str
    lacking: str


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
    `phrases` the parts for values that do not fit into it, `noun` the kind of key in the error message about an unknown
    key. `values` returns the keys of a programme, each once; `entries` returns the keys of the catalogue with their
    labels. `without_record` returns labels of further valid keys, which no programme has: the facet lists such a key
    only while it is chosen. In a `hierarchical` facet a broader term includes its narrower ones. Of a facet whose
    values stand `together` a reader may ask for programmes with all chosen values (`every=topic`). A value that is
    `constant` is listed with a count of 0 too, and a facet of such values keeps its order. `aliases` are former keys
    with the present ones. A facet that is not `on_page` is a parameter, in words and in data, but not in the panel.
    """

    name: str
    label: str
    in_words: str
    noun: str
    values: Callable[[ProgrammeRecord], tuple[str, ...]]
    entries: Callable[[Reference], list[FacetLabel]]
    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    without_record: Callable[[], Mapping[str, str]] = dict
    hierarchical: bool = False
    together: bool = False
    constant: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    on_page: bool = True


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


def of_terms(scheme: str, label: str, in_words: str, noun: str) -> FacetDefinition:
    """Return the definition of the facet of a scheme of the vocabulary; its parameter is the scheme."""

    def values(record: ProgrammeRecord) -> tuple[str, ...]:
        return tuple(term["key"] for term in record["terms"] if term["scheme"] == scheme)

    def entries(reference: Reference) -> list[FacetLabel]:
        return [FacetLabel(t.key, t.label) for t in reference.terms.values() if t.scheme == scheme]

    return FacetDefinition(scheme, label, in_words, noun, values, entries, hierarchical=True, together=True)


# The key of the facet of countries that programmes without a country have.
NO_COUNTRY = "none"
country_codes = each("countries", "code")

# In the order of the page.
DEFINITIONS = (
    of_terms("instrument", "Instrument", "with {}", "policy instrument"),
    FacetDefinition(
        name="status",
        label="Status",
        in_words="with the status: {}",
        noun="status",
        values=lambda record: (record["status"],),
        entries=choices(Status),
        constant=tuple(status for status in Status.values if status != Status.NOT_YET_CHECKED),
        aliases=STATUS_ALIASES,
    ),
    FacetDefinition(
        name="certainty",
        label="Certainty",
        in_words="with the certainty: {}",
        phrases={
            Certainty.STATED: Phrase("with a status that is stated", "without a status that is stated"),
            Certainty.INFERRED: Phrase("with a status that is inferred", "without a status that is inferred"),
        },
        noun="certainty",
        values=lambda record: (record["certainty"],) if record["certainty"] else (),
        entries=choices(Certainty),
        on_page=False,
    ),
    FacetDefinition(
        name="country",
        label="Country or economy",
        in_words="in {}",
        noun="country or economy",
        values=lambda record: country_codes(record) or (NO_COUNTRY,),
        entries=lambda reference: [
            *(FacetLabel(c.code, c.name) for c in reference.countries.values()),
            FacetLabel(NO_COUNTRY, "No country"),
        ],
        phrases={NO_COUNTRY: Phrase("without a country", "with a country")},
        without_record=country_labels,
    ),
    of_terms("topic", "Topic", "on {}", "topic"),
    of_terms("beneficiary", "For whom", "for {}", "beneficiary"),
    FacetDefinition(
        name="recommendation",
        label="Recommendation",
        in_words="serving {}",
        noun="recommendation",
        values=each("recommendations", "number"),
        entries=lambda reference: [FacetLabel(r.number, str(r)) for r in reference.recommendations.values()],
        together=True,
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
        name="region",
        label="Region",
        in_words="in {}",
        noun="region",
        values=each("countries", "region"),
        entries=choices(Region),
    ),
    FacetDefinition(
        name="provider",
        label="Provider",
        in_words="run by: {}",
        noun="kind of provider",
        values=lambda record: (record["provider"]["kind"],),
        entries=choices(ProviderKind),
    ),
)
FACETS = tuple(facet.name for facet in DEFINITIONS)
BY_NAME = {facet.name: facet for facet in DEFINITIONS}
# The facets of which a list can ask for programmes with all chosen values.
STAND_TOGETHER = tuple(facet.name for facet in DEFINITIONS if facet.together)


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
