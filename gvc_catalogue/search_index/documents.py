"""What is indexed, told by the floor above: this package knows no programme and no country."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from .analysis import analyse, folded_words
from .query.parser import Synonyms, Words
from .sync.revision import Change


class Document(NamedTuple):
    """One record as it is searched.

    `texts` are its own words, the weightiest first; `shared` are keys of texts that it shares with others (its
    countries' names, its recommendations' wordings); `facets` its values of each facet; `groups` for each grouped
    order the group it is sorted by, None for none; `record` is kept for whoever asks and never looked into.
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
        """By name, ties by slug; bytes compare like the database's binary order."""
        return f"{self.sort_name}\0{self.slug}".encode()

    @property
    def sets(self) -> list[str]:
        """The names of the sets it belongs to, those of its words left out."""
        facets = [f"facet/{name}/{value}" for name, values in self.facets.items() for value in values]
        groups = [f"group/{name}/{value or ''}" for name, value in self.groups.items()]
        return [*facets, *groups, *[f"shared/{key}" for key in self.shared]]


@dataclass(frozen=True)
class SharedTexts:
    """The texts that entries share, by key; the order of the groups of each grouped sort; groups of synonyms.

    `documents` are searched beside the entries: for each key the keys of its texts, the weightiest first. `reference`
    is kept for the application, as the records are: what was true at the same revision.
    """

    texts: dict[str, str] = field(default_factory=dict)
    documents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    reference: Any = None

    @cached_property
    def compiled_synonyms(self) -> Synonyms:
        return Synonyms.of(self.synonyms)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every word as it is printed."""
        return frozenset(word for text in self.texts.values() for word in folded_words(text))

    @cached_property
    def words_by_document(self) -> dict[str, frozenset[str]]:
        """For each document its folded words, as they are printed."""
        words = {key: folded_words(text) for key, text in self.texts.items()}
        return {key: frozenset(w for text in texts for w in words[text]) for key, texts in self.documents.items()}

    @cached_property
    def lines_by_word(self) -> dict[str, list[tuple[str, Words]]]:
        """For each analysed word the lines that have it, with their keys: no phrase runs over the end of a line."""
        found: dict[str, list[tuple[str, Words]]] = {}
        for key, text in self.texts.items():
            for line in text.splitlines():
                words = tuple(analyse(line))
                for word in set(words):
                    found.setdefault(word, []).append((key, words))
        return found


@dataclass(frozen=True)
class IndexDefinition:
    """What the index is about.

    `record` is the type of the records that are kept: an index of another type is built anew.

    `entries(keys)` yields the entries with these keys, all for None, in any order; `affected(changes)` gives the
    keys of the entries that changes touch, None for "too many to say"; a change of one of the tables `of_entries`
    never changes what is shared.
    """

    record: type
    facets: tuple[str, ...]
    groups: tuple[str, ...]
    count: Callable[[], int]
    entries: Callable[[Iterable[int] | None], Iterator[Document]]
    shared: Callable[[], SharedTexts]
    affected: Callable[[list[Change]], set[int] | None]
    of_entries: frozenset[str] = frozenset()
