"""Search over the reference records: countries, categories and recommendations, by the index that finds programmes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gvc_catalogue.search_index.query.reference_documents import search_documents, suggest_documents
from gvc_catalogue.text.folding import fold

from .catalogue_snapshot import CatalogueSnapshot
from .search import SearchResult, read, totals


@dataclass(frozen=True)
class Hit:
    """A record that was found: its kind in words, its label and address; the model's own record, if there is one.

    `programmes` is the number of programmes that have it.
    """

    kind: str
    label: str
    url: str
    record: Any = None
    programmes: int = 0


def search_reference(found: SearchResult, edition: CatalogueSnapshot) -> dict[str, list[Hit]]:
    """Return the reference records with all words of a search, best first, by kind; no query.

    Words are understood as the search for programmes did, synonyms and corrections included.
    """
    hits: dict[str, list[Hit]] = {"country": [], "category": [], "recommendation": []}
    for key in search_documents(edition.snapshot, found.answer.asked):
        hits[kind_of(key)] += to_hits([key], edition)
    return hits


def suggest_reference(typed: str, limit: int, edition: CatalogueSnapshot) -> list[Hit]:
    """Return the first recommendations and countries that go with a query typed so far, by kind; no query."""
    keys = [*exact_keys(typed, edition), *suggest_documents(edition.snapshot, typed)]
    return [
        hit
        for kind in ("recommendation", "country")
        for hit in to_hits(dict.fromkeys(key for key in keys if kind_of(key) == kind), edition)[:limit]
    ]


def named(q: str, edition: CatalogueSnapshot) -> list[Hit]:
    """Return the records whose key or whole name is the query; no query."""
    programmes = read(map(edition.snapshot.record, edition.snapshot.named(fold(q.strip()))))
    found = [Hit("Programme", programme["name"], programme["url"]) for programme in programmes]
    return [*to_hits(exact_keys(q, edition), edition), *found]


def exact_keys(typed: str, edition: CatalogueSnapshot) -> list[str]:
    """Return the keys of the documents that a number, code or whole name of a country stands for."""
    key, name = typed.strip(), fold(typed.strip())
    codes = (f"recommendation:{key.lower()}", f"country:{key.upper()}")
    known = [key for key in codes if key in edition.snapshot.shared.documents]
    countries = edition.vocabulary.countries.values()
    return [*known, *(f"country:{country.code}" for country in countries if country.sort_name == name)]


def to_hits(keys: Iterable[str], edition: CatalogueSnapshot) -> list[Hit]:
    """Return the records of documents, in their order."""
    return list(_hits(keys, edition))


def _hits(keys: Iterable[str], edition: CatalogueSnapshot) -> Iterator[Hit]:
    vocabulary, numbers = edition.vocabulary, totals(edition)
    records: dict[str, Mapping[str, Any]] = {
        "country": vocabulary.countries,
        "category": vocabulary.categories,
        "recommendation": vocabulary.recommendations,
    }
    for key in keys:
        kind, _, value = key.partition(":")
        record = records[kind][value]
        yield Hit(kind.capitalize(), str(record), record.get_absolute_url(), record, numbers[kind].get(value, 0))


def kind_of(key: str) -> str:
    """Return the kind of a document: country, category or recommendation."""
    return key.partition(":")[0]
