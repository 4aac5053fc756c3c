"""Gazetteer: the names that a query can contain (named-entity linking), and the sets of entries they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from gvc_catalogue.search_index.analysis import analyse, folded_words, stem
from gvc_catalogue.text.tokens import STOP_WORDS

Words = tuple[str, ...]
K = TypeVar("K")


@dataclass(frozen=True)
class Entity:
    """A named entity, such as a country, a region or a term of the vocabulary.

    `key` is its kind and code, such as "country:JP"; `label` is its name on pages; `names` are all its written names,
    the label included. `sets` are the names of the index's sets whose entries it stands for, such as
    "facet/country/JP"; none for an entity without entries. `capitals` are names that count only in these letters:
    "US", but not "us"; "Ísland", but not "island". A `concept`, such as a
    term of a vocabulary, widens the words that are its label; any other entity is what the words name.
    """

    key: str
    label: str
    names: tuple[str, ...]
    sets: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    concept: bool = False

    @property
    def kind(self) -> str:
        """The first part of the key, such as "country"."""
        return self.key.partition(":")[0]


@dataclass(frozen=True)
class Gazetteer:
    """Entities by the words of their names, without stop words; several entities may share a name.

    Concepts are found by analysed words, so in all forms of a label. Other names are found by folded words, since a
    stem can mix them with other words: "Polish" and "polishing". `words` are the folded words of all names.
    """

    names: dict[Words, tuple[Entity, ...]] = field(default_factory=dict)
    labels: dict[Words, tuple[Entity, ...]] = field(default_factory=dict)
    written: dict[str, tuple[Entity, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    longest: int = 1

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Gazetteer:
        """Return the gazetteer of these entities; names without a word are left out."""
        entities = list(entities)
        pairs = [(entity, name) for entity in entities for name in entity.names]
        names = grouped((without_stop_words(tuple(folded_words(name))), e) for e, name in pairs if not e.concept)
        labels = grouped((without_stop_words(tuple(analyse(name))), e) for e, name in pairs if e.concept)
        written = grouped((name, entity) for entity in entities for name in entity.capitals)
        longest = max([1, *map(len, names), *map(len, labels), *(len(name.split()) for name in written)])
        return cls(names, labels, written, frozenset(w for _, name in pairs for w in folded_words(name)), longest)

    def named(self, words: Words, printed: str) -> tuple[Entity, ...]:
        """Return the entities with this name, folded words that were typed as `printed`; names also in the plural."""
        words = without_stop_words(words)
        singular = (*words[:-1], words[-1].removesuffix("s"))
        names = self.names.get(words) or self.written.get(printed) or self.names.get(singular) or ()
        return names + self.labels.get(tuple(map(stem, words)), ())


def grouped(pairs: Iterable[tuple[K, Entity]]) -> dict[K, tuple[Entity, ...]]:
    """Return the entities by name, each once; empty names are left out."""
    found: dict[K, dict[str, Entity]] = defaultdict(dict)
    for name, entity in pairs:
        found[name][entity.key] = entity
    return {name: tuple(entities.values()) for name, entities in found.items() if name}


STEMS_OF_STOP_WORDS = STOP_WORDS.union(map(stem, STOP_WORDS))


def without_stop_words(words: Words) -> Words:
    """Return folded or analysed words without stop words; all words when there are only stop words."""
    return tuple(word for word in words if word not in STEMS_OF_STOP_WORDS) or words
