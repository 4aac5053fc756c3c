"""Gazetteer: the names that a query can contain (named-entity linking), and the sets of entries they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from gvc_catalogue.search_index.analysis import folded_words, stem

from .tokeniser import Words, expression_words

K = TypeVar("K")


@dataclass(frozen=True)
class Entity:
    """A named entity, such as a country, a region or a term of the vocabulary.

    `key` is its kind and code, such as "country:JP"; `label` is its name on pages; `names` are all its written names,
    the label included. `sets` are the names of the index's sets whose entries it stands for, such as
    "facet/country/JP"; none for an entity without entries. `capitals` are names that count only in these letters:
    "US", but not "us"; "Ísland", but not "island". A `concept`, such as a term of a vocabulary, widens the words that
    are its label; any other entity is what the words name. `foreign` are the names of a concept in other languages.
    """

    key: str
    label: str
    names: tuple[str, ...]
    sets: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    concept: bool = False
    foreign: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """The names to which a misspelt word may be corrected: the label, and labels of a concept in English."""
        return tuple(name for name in self.names if name not in self.foreign) if self.concept else (self.label,)

    @property
    def kind(self) -> str:
        """The first part of the key, such as "country"."""
        return kind_of(self.key)

    @property
    def code(self) -> str:
        """The key without its kind, such as "JP"."""
        return self.key.partition(":")[2]


@dataclass(frozen=True)
class Gazetteer:
    """Entities by the words of their names, without stop words; several entities may share a name.

    Concepts are found by analysed words, so in all forms of a label. Other names are found by folded words, since a
    stem can mix them with other words: "Polish" and "polishing". `written` are names that count only in these letters,
    `words` the folded words of all names, `spellings` those to which a misspelt word may be corrected.
    """

    names: dict[Words, tuple[Entity, ...]] = field(default_factory=dict)
    labels: dict[Words, tuple[Entity, ...]] = field(default_factory=dict)
    written: dict[str, tuple[Entity, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    spellings: frozenset[str] = frozenset()
    longest: int = 1

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Gazetteer:
        """Return the gazetteer of these entities; names without a word are left out."""
        entities = list(entities)
        pairs = [(entity, name, expression_words(name)) for entity in entities for name in entity.names]
        names = grouped((words, entity) for entity, _, words in pairs if not entity.concept)
        labels = grouped((tuple(map(stem, words)), entity) for entity, _, words in pairs if entity.concept)
        written = grouped((name, entity) for entity in entities for name in entity.capitals)
        return cls(
            names,
            labels,
            written,
            words=frozenset(word for _, name, _ in pairs for word in folded_words(name)),
            spellings=frozenset(word for entity, name, words in pairs if name in entity.spellings for word in words),
            longest=max([1, *(len(words) for _, _, words in pairs), *(len(name.split()) for name in written)]),
        )

    def named(self, words: Words, printed: str) -> tuple[Entity, ...]:
        """Return the entities with this name, folded words that were typed as `printed`; names also in the plural.

        Stop words are left out of `words`.
        """
        singular = (*words[:-1], words[-1].removesuffix("s")) if words else ()
        names = self.names.get(words) or self.written.get(printed) or self.names.get(singular) or ()
        return names + self.labels.get(tuple(map(stem, words)), ())


def kind_of(key: str) -> str:
    """Return the kind of a text, a document or an entity: the part of its key before the colon."""
    return key.partition(":")[0]


def grouped(pairs: Iterable[tuple[K, Entity]]) -> dict[K, tuple[Entity, ...]]:
    """Return the entities by name, each once; empty names are left out."""
    found: dict[K, dict[str, Entity]] = defaultdict(dict)
    for name, entity in pairs:
        found[name][entity.key] = entity
    return {name: tuple(entities.values()) for name, entities in found.items() if name}
