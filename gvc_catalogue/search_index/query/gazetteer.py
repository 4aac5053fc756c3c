"""Gazetteer: the names that a query can contain (named-entity linking), and the sets of entries they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.text.tokens import STOP_WORDS

Words = tuple[str, ...]


@dataclass(frozen=True)
class Entity:
    """A named entity, such as a country, a region or a term of the vocabulary.

    `key` is its kind and code, such as "country:JP"; `label` is its name on pages; `names` are all its written names,
    the label included. `sets` are the names of the index's sets whose entries it stands for, such as
    "facet/country/JP"; none for an entity without entries. `capitals` are names that count only in these letters:
    "US", but not "us"; "Ísland", but not "island".
    """

    key: str
    label: str
    names: tuple[str, ...]
    sets: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The first part of the key, such as "country"."""
        return self.key.partition(":")[0]


@dataclass(frozen=True)
class Gazetteer:
    """Entities by the analysed words of their names; several entities may share a name."""

    entities: dict[Words, tuple[Entity, ...]] = field(default_factory=dict)
    longest: int = 1

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Gazetteer:
        """Return the gazetteer of these entities; stop words and names without a word are left out."""
        found: dict[Words, dict[str, Entity]] = defaultdict(dict)
        for entity in entities:
            for name in entity.names:
                if words := without_stop_words(tuple(analyse(name))):
                    found[words][entity.key] = entity
        by_name = {words: tuple(named.values()) for words, named in found.items()}
        return cls(by_name, max(map(len, by_name), default=1))

    def named(self, words: Words) -> tuple[Entity, ...]:
        """Return the entities with exactly this name, as analysed words; stop words are ignored."""
        return self.entities.get(without_stop_words(words), ())


def without_stop_words(words: Words) -> Words:
    """Return the words without stop words; all words when there are only stop words."""
    return tuple(word for word in words if word not in STOP_WORDS) or words
