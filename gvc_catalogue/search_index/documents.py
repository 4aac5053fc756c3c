"""Document types and definition of the index, supplied by the application. No dependency on programmes or countries."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from .analysis import analyse, folded_words
from .query.gazetteer import Entity, Gazetteer
from .query.parser import Lexicon, Synonyms
from .query.tokeniser import Words
from .sync.revision import Change


class Document(NamedTuple):
    """A document of the index: one entry with its searchable texts, facets and stored record.

    `texts` are its own texts, the one of the highest weight first; `shared` are keys of texts that it shares with
    other entries (its countries' names, its recommendations' wordings); `facets` are its values of each facet;
    `groups` is for each grouped order the group it is sorted by, None for none; `record` is stored for the
    application and never decoded by the index.
    """

    pk: int
    slug: str
    sort_name: str
    texts: tuple[str, ...]
    shared: tuple[str, ...]
    facets: dict[str, tuple[str, ...]]
    groups: dict[str, str | None]
    record: bytes = b""

    @property
    def sort_key(self) -> bytes:
        """The sort key by name, ties by slug, in UTF-8; bytes compare like the database's binary collation."""
        return f"{self.sort_name}\0{self.slug}".encode()

    @property
    def sets(self) -> list[str]:
        """The names of the sets (facets, groups, shared texts) that contain the entry; those of words are left out."""
        facets = [f"facet/{name}/{value}" for name, values in self.facets.items() for value in values]
        groups = [f"group/{name}/{value or ''}" for name, value in self.groups.items()]
        return [*facets, *groups, *[f"shared/{key}" for key in self.shared]]


@dataclass(frozen=True)
class SharedTexts:
    """Shared texts of entries by key, the group order of each grouped sort, reference documents, and synonym groups.

    `documents` are searched in addition to the entries: for each key the keys of its texts, the one of the highest
    weight first. `entities` are the names that a query can contain. Texts whose key begins with one of the kinds
    `context`, such as the long wording of a recommendation, make no full match: an entry with a word in these alone is
    a partial match. Texts of the kinds `named` are names, which match as entities only. `reference` is stored for the
    application, as the records are: reference data of the same revision.
    """

    texts: dict[str, str] = field(default_factory=dict)
    documents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    entities: tuple[Entity, ...] = ()
    context: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    reference: Any = None

    @cached_property
    def lexicon(self) -> Lexicon:
        """The expressions that the query parser knows."""
        return Lexicon(Synonyms.of(self.synonyms), Gazetteer.of(self.entities))

    @cached_property
    def forms(self) -> frozenset[str]:
        """All folded, unstemmed words of the shared texts."""
        return frozenset(word for text in self.texts.values() for word in folded_words(text))

    @cached_property
    def document_texts(self) -> frozenset[str]:
        """The keys of the texts of all reference documents."""
        return frozenset(key for texts in self.documents.values() for key in texts)

    @cached_property
    def words_by_document(self) -> dict[str, frozenset[str]]:
        """For each reference document its folded, unstemmed words."""
        words = {key: folded_words(text) for key, text in self.texts.items()}
        return {key: frozenset(w for text in texts for w in words[text]) for key, texts in self.documents.items()}

    @cached_property
    def lines_by_word(self) -> dict[str, list[tuple[str, Words]]]:
        """Inverted index of the shared texts: for each stem the lines that contain it, as (key of the text, stems).

        A phrase never matches across the end of a line.
        """
        found: dict[str, list[tuple[str, Words]]] = {}
        for key, text in self.texts.items():
            for line in text.splitlines():
                words = tuple(analyse(line))
                for word in set(words):
                    found.setdefault(word, []).append((key, words))
        return found


@dataclass(frozen=True)
class IndexDefinition:
    """Definition of the index: its record type, facets and grouped orders, and the functions that read the data.

    `record` is the type of the stored records: an index of another record type is rebuilt.

    `count()` returns the number of entries. `entries(keys)` yields the entries with these keys, all for None, in any
    order. `shared()` returns the shared texts. `affected(changes)` returns the keys of the entries that the changes
    affect, None for too many. A change of one of the tables `of_entries` never changes the shared texts.
    """

    record: type
    facets: tuple[str, ...]
    groups: tuple[str, ...]
    count: Callable[[], int]
    entries: Callable[[Iterable[int] | None], Iterator[Document]]
    shared: Callable[[], SharedTexts]
    affected: Callable[[list[Change]], set[int] | None]
    of_entries: frozenset[str] = frozenset()
