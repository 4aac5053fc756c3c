"""Which entries have something: sets by words, phrases and wants."""

from __future__ import annotations

from collections.abc import Iterable

from pyroaring import BitMap

from .snapshot import Snapshot
from .wanted import Want, Words

# Phrases are dear: so many are kept for as long as a snapshot lives.
KEPT = 500


def union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *sets)


def intersection(members: BitMap, sets: Iterable[BitMap]) -> BitMap:
    """Return what is in all; the very same set where nothing narrows it."""
    for other in sets:
        members = members & other
    return members


def having(snapshot: Snapshot, want: Want) -> BitMap:
    """Return the entries that have a want; kept for as long as the snapshot lives."""
    key = (want.phrases, want.apart)
    if key not in snapshot.kept:
        if len(snapshot.kept) >= KEPT:
            snapshot.kept.clear()
        forms = [having_words(snapshot, words) for words in want.phrases]
        apart = intersection(snapshot.all, (having_words(snapshot, (word,)) for word in want.apart))
        snapshot.kept[key] = union([*forms, *([apart] if want.apart else [])])
    return snapshot.kept[key]


def having_words(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the entries with these words in this order, in a text of their own or in one that they share."""
    shared = snapshot.shared_members(snapshot.shared_keys(words))
    own = own_word(snapshot, words[0]) if len(words) == 1 else own_phrase(snapshot, words)
    return shared | own


def own_word(snapshot: Snapshot, word: str) -> BitMap:
    """Return the entries that have a word in a text of their own; rare words are asked of the engine."""
    name, build = f"word/{word}", snapshot.build
    if name not in build.places:
        frequency = snapshot.engine.frequency(word)
        if not frequency:
            return BitMap()
        return snapshot.ordinals(snapshot.engine.all_with(snapshot.engine.phrase((word,)), frequency))
    newer = (o for o, words in enumerate(snapshot.newer.words, start=build.count) if word in words)
    return (build.set(name) | BitMap(newer)) - snapshot.newer.gone


def own_phrase(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the entries that have these words in this order in a text of their own."""
    together = intersection(snapshot.all, (own_word(snapshot, word) for word in set(words)))
    if not together:
        return together
    return snapshot.ordinals(snapshot.engine.all_with(snapshot.engine.phrase(words), len(snapshot.all)))
