"""Search and autocomplete over reference records: countries, categories, recommendations and terms."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from gvc_catalogue.search_index.query.gazetteer import kind_of
from gvc_catalogue.search_index.query.parser import words_of
from gvc_catalogue.search_index.query.reference_documents import search_documents, suggest_documents
from gvc_catalogue.search_index.query.tokeniser import tokenise
from gvc_catalogue.text.folding import fold
from gvc_catalogue.web.querystring import address

from .catalogue_snapshot import CatalogueSnapshot
from .search import SearchResult, read, totals

# The kinds of reference records in the order of the search page.
KINDS = ("country", "recommendation", "category", "term")


@dataclass(frozen=True)
class Hit:
    """A search result: its kind in words, label, address, and the model instance if it is a reference record.

    `programmes` is the number of programmes that refer to it, `list_url` the address of their list.
    """

    kind: str
    label: str
    url: str
    record: Any = None
    programmes: int = 0
    list_url: str = ""


def search_reference(found: SearchResult, edition: CatalogueSnapshot) -> dict[str, list[Hit]]:
    """Return the countries, categories, recommendations and terms of a search by kind, best first. No query.

    Countries and terms are those that any of its words name. Recommendations and categories have all of its other
    words, by the clauses of the search for programmes, with its synonyms and spelling corrections.
    """
    clauses = found.answer.clauses
    by_name = dict.fromkeys(entity.key for clause in found.answer.wanted for entity in clause.entities)
    about = [clause for clause in clauses if not clause.names or clause.excluded]
    by_words = [key for asked in (clauses, about) for key in search_documents(edition.snapshot, asked)]
    hits: dict[str, list[Hit]] = {kind: [] for kind in KINDS}
    for key in (key for key in by_name | dict.fromkeys(by_words) if kind_of(key) in hits):
        # A term to which only its definition leads is no answer without a programme.
        hits[kind_of(key)] += [h for h in to_hits([key], edition) if key in by_name or h.programmes or h.kind != "Term"]
    return hits


def suggest_reference(typed: str, limit: int, edition: CatalogueSnapshot) -> list[Hit]:
    """Return autocomplete suggestions: at most `limit` recommendations, then countries, then terms. No query.

    Exact keys and names come first. The last word of `typed` is matched by prefix.
    """
    found = [key for key in suggest_documents(edition.snapshot, typed) if kind_of(key) != "term"]
    keys = [*exact_keys(typed, edition), *found, *suggest_terms(typed, edition)]
    return [
        hit
        for kind in ("recommendation", "country", "term")
        for hit in to_hits(dict.fromkeys(key for key in keys if kind_of(key) == kind), edition)[:limit]
    ]


def suggest_terms(typed: str, edition: CatalogueSnapshot) -> list[str]:
    """Return the keys of the terms of which a label begins so, the preferred labels first. No query."""
    beginning = fold(typed.strip())
    if not beginning:
        return []
    terms = edition.vocabulary.tree.terms.values()
    preferred = [term for term in terms if any_word_begins(fold(term.label), beginning)]
    others = [term for term in terms if any(fold(label).startswith(beginning) for label in term.labels)]
    return [f"term:{term.key}" for term in dict.fromkeys([*preferred, *others])]


def any_word_begins(label: str, beginning: str) -> bool:
    """Return whether a folded label has a word at which this beginning starts."""
    return f" {label}".find(f" {beginning}") >= 0


def named(q: str, edition: CatalogueSnapshot) -> list[Hit]:
    """Return exact matches: reference records and programmes of which `q` is the key or the whole name. No query."""
    programmes = read(map(edition.snapshot.record, edition.snapshot.named(fold(q.strip()))))
    found = [Hit("Programme", programme["name"], programme["url"]) for programme in programmes]
    return [*to_hits(exact_keys(q, edition), edition), *found]


def exact_keys(typed: str, edition: CatalogueSnapshot) -> list[str]:
    """Return the keys of the records with exactly this number, code or name: names of countries in any language.

    No query.
    """
    key, name = typed.strip(), fold(typed.strip())
    codes = (f"recommendation:{key.lower()}", f"category:{key.lower()}", f"country:{key.upper()}")
    terms = (f"term:{term.key}" for term in edition.vocabulary.tree.terms.values() if fold(term.label) == name)
    known = edition.snapshot.shared.documents
    return [key for key in dict.fromkeys((*codes, *exact_countries(key, edition), *terms)) if key in known]


def exact_countries(typed: str, edition: CatalogueSnapshot) -> list[str]:
    """Return the keys of the countries with exactly this name or alpha-3 code, also those without a page. No query."""
    by_code = [f"country:{one.code}" for one in edition.vocabulary.countries.values() if one.code3 == typed]
    tokens = tokenise(typed)
    asked = tokens and not any(token.excluded for token in tokens)
    entities = edition.snapshot.lexicon.gazetteer.named(words_of(tokens), typed) if asked else ()
    return [*by_code, *(entity.key for entity in entities if entity.kind == "country")]


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
        if record := records[kind].get(value):
            facet = getattr(record, "scheme", kind)
            url = list_url(facet, value)
            number = numbers[facet].get(value, 0)
            yield Hit(kind.capitalize(), str(record), record.get_absolute_url(), record, number, url)


def list_url(facet: str, value: str) -> str:
    """Return the address of the list of programmes with a value of a facet."""
    return address(reverse("programmes:list"), ((facet, value),))
