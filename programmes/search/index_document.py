"""Index documents: how rows of the database become documents of the search index, and which rows affect which."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson
from django.db.models import Q

from gvc_catalogue.search_index.documents import Document, IndexDefinition, SharedTexts
from gvc_catalogue.search_index.sync.refresh import SearchIndex
from gvc_catalogue.search_index.sync.revision import Change
from recommendations.models import Category, Passage, Recommendation

from ..models import (
    Classification,
    Country,
    Example,
    Link,
    Organisation,
    Programme,
    RecommendationTopic,
    Source,
    Synonym,
    Term,
)
from ..models.serializers import country_record, recommendation_record, term_record
from ..schema import records
from ..schema.records import (
    CountryRecord,
    ExampleColumns,
    LinkRecord,
    OrganisationRecord,
    ProgrammeRecord,
    RecommendationRecord,
)
from .entities import country_entities, region_entities, term_entities
from .facet_definitions import FACETS, values_by_facet
from .facet_labels import FacetLabels
from .organisation_names import organisation_names
from .term_tree import paths

CHUNK = 5_000
# Above this number of affected programmes the whole index is rebuilt instead of updated by delta.
MOST_AFFECTED = 2_000
# Shared texts in which a word makes no full match: the long wordings of the statement.
CONTEXT = frozenset(["recommendation", "category"])
# Shared texts that match by whole names only: "Ireland" is no word of "Northern Ireland".
NAMED = frozenset(["country"])
# Not a sort order; the group is used to count programmes without a link.
LINKED = "linked"
COUNTRIES = Programme.countries.through
EXAMPLES = Example.programmes.through
PARTNERS = Programme.partners.through

# For each table whose rows several programmes can depend on: the condition for the affected programmes.
TOUCHED: dict[str, Callable[[Iterable[int]], Q | None]] = {
    # The predecessors: their records contain the slug of their successor.
    Programme._meta.db_table: lambda keys: Q(successor__in=keys),
    Example._meta.db_table: lambda keys: Q(examples__in=keys),
    Country._meta.db_table: lambda keys: Q(countries__in=keys),
    Organisation._meta.db_table: lambda keys: Q(provider__in=keys) | Q(partners__in=keys),
    Recommendation._meta.db_table: lambda keys: Q(examples__recommendation__in=keys),
    Category._meta.db_table: lambda keys: Q(examples__recommendation__category__in=keys),
    Source._meta.db_table: lambda keys: Q(examples__source__in=keys),
    Term._meta.db_table: lambda keys: Q(classifications__term__in=Term.objects.or_narrower(keys)),
    RecommendationTopic._meta.db_table: lambda keys: None,
    Synonym._meta.db_table: lambda keys: None,
    Passage._meta.db_table: lambda keys: None,
}
# Tables whose rows belong to index documents; rows of the other tables belong to shared texts.
OF_ENTRIES = frozenset(
    model._meta.db_table for model in (Programme, COUNTRIES, EXAMPLES, PARTNERS, Link, Classification, Example, Source)
)
OF_PROGRAMMES = {model._meta.db_table for model in (Programme, COUNTRIES, EXAMPLES, PARTNERS, Link, Classification)}


def affected_programmes(changes: list[Change]) -> set[int] | None:
    """Return the primary keys of the programmes that changes affect, deleted ones included; None if too many.

    None also if a change has no key. At most one query for each table in TOUCHED, and one for narrower terms.
    """
    by_table: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        if change.key is None:
            return None
        by_table[change.table].add(change.key)
    found: set[int] = set()
    for table, keys in by_table.items():
        found |= keys if table in OF_PROGRAMMES else set()
        found |= programmes_of_rows(table, keys) if table in TOUCHED else set()
        if len(found) > MOST_AFFECTED:
            return None
    return found


def programmes_of_rows(table: str, keys: set[int]) -> set[int]:
    """Return the primary keys of the programmes that these rows of a shared table affect, at most MOST_AFFECTED + 1.

    One query; none for a table that affects no index document.
    """
    condition = TOUCHED[table](keys)
    if condition is None:
        return set()
    # Without ORDER BY: with it the database can scan a million rows in that order before it has found enough.
    found = Programme.objects.filter(condition).order_by()
    return set(found.values_list("pk", flat=True)[: MOST_AFFECTED + 1])


@dataclass(frozen=True)
class Referred:
    """Countries, recommendations and terms by primary key, with their records. Loaded once for many programmes.

    `paths` are for the key of each term its own and those of its broader terms.
    """

    countries: dict[int, Country]
    recommendations: dict[int, Recommendation]
    country_records: dict[int, CountryRecord]
    recommendation_records: dict[int, RecommendationRecord]
    terms: dict[int, Term]
    paths: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls, related: "Related | None" = None) -> "Referred":
        """Return the rows that these programmes refer to, or all rows if `related` is None. Three queries."""
        there = {key for keys in related.countries.values() for key in keys} if related else None
        served = {key for examples in related.examples.values() for key, _ in examples} if related else None
        countries = Country.objects.in_bulk(there)
        recommendations = Recommendation.objects.with_category().in_bulk(served)
        terms = Term.objects.in_bulk()
        return cls(
            countries,
            recommendations,
            {pk: country_record(country) for pk, country in countries.items()},
            {pk: recommendation_record(recommendation) for pk, recommendation in recommendations.items()},
            terms,
            paths(terms.values()),
        )


@dataclass(frozen=True)
class Related:
    """Related rows of a chunk of programmes, by primary key of the programme.

    Keys of countries; keys of recommendations with examples; records of partners and links; keys of terms, each with
    the words that justify it and their confidence.
    """

    countries: dict[int, list[int]]
    examples: dict[int, list[tuple[int, ExampleColumns]]]
    partners: dict[int, list[OrganisationRecord]]
    links: dict[int, list[LinkRecord]]
    terms: dict[int, list[tuple[int, str, str]]]

    @classmethod
    def of(cls, pks: list[int]) -> "Related":
        """Return the related rows of the programmes with these primary keys, which are sorted. Five queries."""
        among = {"programme__gte": pks[0], "programme__lte": pks[-1]} if len(pks) == CHUNK else {"programme__in": pks}
        found = cls(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
        rows: Any = COUNTRIES._default_manager.filter(**among).order_by("country__sort_name", "country__code")
        for programme, country in rows.values_list("programme_id", "country_id"):
            found.countries[programme].append(country)
        rows = EXAMPLES._default_manager.filter(**among)
        rows = rows.order_by("example__recommendation__position", "example__position")
        for programme, recommendation, *quoted in rows.values_list(*EXAMPLE_COLUMNS):
            found.examples[programme].append((recommendation, ExampleColumns(*quoted)))
        rows = PARTNERS._default_manager.filter(**among).order_by("organisation__name")
        for programme, name, kind in rows.values_list("programme_id", "organisation__name", "organisation__kind"):
            found.partners[programme].append({"name": name, "kind": kind})
        for row in Link.objects.filter(**among).order_by("pk").values("programme_id", *LinkRecord.__annotations__):
            found.links[row.pop("programme_id")].append(row)
        rows = Classification.objects.filter(**among).order_by("pk")
        for programme, *classified in rows.values_list("programme_id", "term_id", "words", "confidence"):
            found.terms[programme].append(tuple(classified))
        return found


# The primary keys of the programme and of the recommendation, then the fields of ExampleColumns.
EXAMPLE_COLUMNS = (
    "programme_id",
    "example__recommendation_id",
    "example__position",
    "example__text",
    "example__placed_by_inference",
    "example__reason",
    "example__source__title",
    "example__source__url",
    "example__source__date",
)
PROGRAMME_COLUMNS = ("pk", "sort_name", "provider__name", "provider__kind", *records.LOOKUPS)


def index_documents(keys: Iterable[int] | None) -> Iterator[Document]:
    """Yield the index documents of the programmes with these primary keys, or of all for None, by primary key.

    Six queries for each chunk of 5,000, and three for countries, recommendations and terms; with keys, three for each
    chunk.
    """
    referred = Referred.load() if keys is None else None
    programmes = Programme.objects.order_by("pk").values_list(*PROGRAMME_COLUMNS)
    if keys is not None:
        programmes = programmes.filter(pk__in=list(keys))
    rows = programmes.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        related = Related.of([row[0] for row in chunk])
        known = referred or Referred.load(related)
        for row in chunk:
            yield index_document(row, related, known)


def index_document(row: tuple[Any, ...], related: Related, referred: Referred) -> Document:
    """Return the index document of a programme from its row of PROGRAMME_COLUMNS and its related rows. No query."""
    pk, sort_name, provider, kind, *own = row
    countries = [referred.countries[key] for key in related.countries[pk]]
    examples = [(referred.recommendation_records[key], quoted) for key, quoted in related.examples[pk]]
    record = records.programme(
        own,
        {"name": provider, "kind": kind},
        [referred.country_records[country.pk] for country in countries],
        related.partners[pk],
        examples,
        records.Belongings(
            related.links[pk], [term_record(referred.terms[key], *why) for key, *why in related.terms[pk]]
        ),
    )
    facets = values_by_facet(record, referred.paths)
    return Document(
        pk,
        record["slug"],
        sort_name,
        texts=(record["name"], *(quoted.text for _, quoted in examples)),
        shared=shared_keys(facets["country"], facets["recommendation"], facets["category"], provider),
        facets=facets,
        groups=groups_of(record, countries[0].sort_name if countries else None),
        record=orjson.dumps(record),
    )


def groups_of(record: records.ProgrammeRecord, first_country: str | None) -> dict[str, str | None]:
    """Return the groups of a programme: for grouped sort orders and for data quality counts (see completeness.py)."""
    recommendations = record["recommendations"]
    return {
        "country": first_country,
        "recommendation": recommendations[0]["number"] if recommendations else None,
        "checked": record["checked_on"] or None,
        LINKED: "yes" if record["links"] else None,
        "inferred": "yes" if any(example["placed_by_inference"] for example in record["examples"]) else None,
    }


def shared_keys(
    codes: Iterable[str], numbers: Collection[str], categories: Collection[str], provider: str
) -> tuple[str, ...]:
    """Return the keys of the texts that a programme shares with others (see `shared_texts`)."""
    return (
        *(f"country:{code}" for code in codes),
        *(f"recommendation:{number}" for number in numbers),
        *(f"category:{code}" for code in categories),
        *(f"title:{number}" for number in numbers),
        *(f"short-title:{code}" for code in categories),
        f"provider:{provider}",
    )


def shared_texts() -> SharedTexts:
    """Return the shared texts by key, the sort orders of groups, the synonyms and the facet labels. Ten queries."""
    countries = list(Country.objects.all())
    recommendations = list(Recommendation.objects.all())
    texts = {f"country:{c.code}": "\n".join((c.name, c.name_in_source, c.other_names)) for c in countries}
    categories = list(Category.objects.all())
    texts |= {f"recommendation:{r.number}": f"{r.text}\n{r.annex_text}" for r in recommendations}
    texts |= {f"category:{c.code}": f"{c.title}\n{c.annex_title}" for c in categories}
    texts |= {f"title:{r.number}": r.title for r in recommendations}
    texts |= {f"short-title:{c.code}": c.short_title for c in categories}
    providers = Organisation.objects.values_list("name", flat=True)
    texts |= {f"provider:{name}": "\n".join(organisation_names(name)) for name in providers}
    orders = {
        "country": sorted({country.sort_name for country in countries} - {""}),
        "recommendation": [recommendation.number for recommendation in recommendations],
    }
    synonyms = tuple(synonym.expressions for synonym in Synonym.objects.all())
    vocabulary = FacetLabels.load()
    for term in vocabulary.tree.terms.values():
        texts[f"term:{term.key}"] = "\n".join(term.labels)
        texts[f"definition:{term.key}"] = term.definition
    entities = (
        *country_entities(vocabulary.countries),
        *region_entities(),
        *term_entities(vocabulary.tree.terms.values()),
    )
    return SharedTexts(texts, documents_of(vocabulary), orders, synonyms, entities, CONTEXT, NAMED, vocabulary)


def documents_of(vocabulary: FacetLabels) -> dict[str, tuple[str, ...]]:
    """Return the reference records as documents: for each key the keys of its texts, highest weight first."""
    recommendations = vocabulary.recommendations.values()
    documents: dict[str, tuple[str, ...]] = {f"country:{code}": (f"country:{code}",) for code in vocabulary.countries}
    documents |= {
        f"recommendation:{r.number}": (f"title:{r.number}", f"recommendation:{r.number}", f"category:{r.category.code}")
        for r in recommendations
    }
    documents |= {f"term:{key}": (f"term:{key}", f"definition:{key}") for key in vocabulary.tree.terms}
    return documents | {
        f"category:{code}": (f"short-title:{code}", f"category:{code}") for code in vocabulary.categories
    }


DEFINITION = IndexDefinition(
    record=ProgrammeRecord,
    facets=FACETS,
    groups=("country", "recommendation", "checked", LINKED, "inferred"),
    count=Programme.objects.count,
    entries=index_documents,
    shared=shared_texts,
    affected=affected_programmes,
    of_entries=OF_ENTRIES,
)
INDEX = SearchIndex(DEFINITION)
