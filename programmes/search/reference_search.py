"""Search and autocomplete over reference records (countries, categories, recommendations, terms) in the same index."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gvc_catalogue.search_index.query.reference_documents import search_documents, suggest_documents
from gvc_catalogue.text.folding import fold

from .catalogue_snapshot import CatalogueSnapshot
from .search import SearchResult, read, totals


@dataclass(frozen=True)
class Hit:
    """A search result: its kind in words, label, address, and the model instance if it is a reference record.

    `programmes` is the number of programmes that refer to it.
    """

    kind: str
    label: str
    url: str
    record: Any = None
    programmes: int = 0


def search_reference(found: SearchResult, edition: CatalogueSnapshot) -> dict[str, list[Hit]]:
    """Return the reference records that contain all words of a search, by kind, best match first. No query.

    The clauses are those of the search for programmes, with its synonyms and spelling corrections.
    """
    hits: dict[str, list[Hit]] = {"country": [], "category": [], "recommendation": [], "term": []}
    for key in search_documents(edition.snapshot, found.answer.clauses):
        hits[kind_of(key)] += to_hits([key], edition)
    return hits


def suggest_reference(typed: str, limit: int, edition: CatalogueSnapshot) -> list[Hit]:
    """Return autocomplete suggestions: at most `limit` recommendations, then at most `limit` countries. No query.

    Exact keys and names come first. The last word of `typed` is matched by prefix.
    """
    keys = [*exact_keys(typed, edition), *suggest_documents(edition.snapshot, typed)]
    return [
        hit
        for kind in ("recommendation", "country")
        for hit in to_hits(dict.fromkeys(key for key in keys if kind_of(key) == kind), edition)[:limit]
    ]


def named(q: str, edition: CatalogueSnapshot) -> list[Hit]:
    """Return exact matches: reference records and programmes of which `q` is the key or the whole name. No query."""
    programmes = read(map(edition.snapshot.record, edition.snapshot.named(fold(q.strip()))))
    found = [Hit("Programme", programme["name"], programme["url"]) for programme in programmes]
    return [*to_hits(exact_keys(q, edition), edition), *found]


def exact_keys(typed: str, edition: CatalogueSnapshot) -> list[str]:
    """Return the keys of the documents with this recommendation number, country code or whole country name."""
    key, name = typed.strip(), fold(typed.strip())
    codes = (f"recommendation:{key.lower()}", f"country:{key.upper()}")
    known = [key for key in codes if key in edition.snapshot.shared.documents]
    countries = edition.vocabulary.countries.values()
    return [*known, *(f"country:{country.code}" for country in countries if country.sort_name == name)]


def to_hits(keys: Iterable[str], edition: CatalogueSnapshot) -> list[Hit]:
    """Return the search results for keys of documents, in their order. No query."""
    return list(_hits(keys, edition))


def _hits(keys: Iterable[str], edition: CatalogueSnapshot) -> Iterator[Hit]:
    vocabulary, numbers = edition.vocabulary, totals(edition)
    records: dict[str, Mapping[str, Any]] = {
        "country": vocabulary.countries,
        "category": vocabulary.categories,
        "recommendation": vocabulary.recommendations,
        "term": vocabulary.tree.terms,
    }
    for key in keys:
        kind, _, value = key.partition(":")
        record = records[kind][value]
        facet = record.scheme if kind == "term" else kind
        yield Hit(kind.capitalize(), str(record), record.get_absolute_url(), record, numbers[facet].get(value, 0))


def kind_of(key: str) -> str:
    """Return the kind of a document key: "country", "category", "recommendation" or "term"."""
    return key.partition(":")[0]
