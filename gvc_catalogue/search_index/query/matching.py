"""Which entries have something: sets by words, phrases and wants."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot

from .parser import Clause, Words

# Phrases are dear: so many are kept for as long as a snapshot lives.
KEPT = 500


def union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *sets)


def intersection(members: BitMap, sets: Iterable[BitMap]) -> BitMap:
    """Return what is in all; the very same set where nothing narrows it."""
    for other in sets:
        members = members & other
    return members


def matches(snapshot: Snapshot, want: Clause) -> BitMap:
    """Return the entries that have a want; kept for as long as the snapshot lives."""
    return kept(snapshot, (want.phrases, want.apart), lambda: found(snapshot, want))


def kept(snapshot: Snapshot, key: Hashable, make: Callable[[], BitMap]) -> BitMap:
    """Return the set that is kept under a key, made when there is none."""
    members = snapshot.kept.get(key)
    if members is None:
        members = make()
        if len(snapshot.kept) >= KEPT:
            snapshot.kept.clear()
        snapshot.kept[key] = members
    return members


def found(snapshot: Snapshot, want: Clause) -> BitMap:
    """Return the entries that have any form of a want."""
    forms = [matches_words(snapshot, words) for words in want.phrases]
    apart = intersection(snapshot.all, (matches_words(snapshot, (word,)) for word in want.apart))
    return union([*forms, *([apart] if want.apart else [])])


def matches_words(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the entries with these words in this order, in a text of their own or in one that they share."""
    shared = snapshot.shared_members(snapshot.shared_keys(words))
    own = own_word(snapshot, words[0]) if len(words) == 1 else own_phrase(snapshot, words)
    return shared | own


def own_word(snapshot: Snapshot, word: str) -> BitMap:
    """Return the entries that have a word in a text of their own."""
    posting, newer = snapshot.build.postings[word], snapshot.newer.postings.get(word, {})
    return ((posting.members if posting else BitMap()) | BitMap(newer)) - snapshot.newer.gone


def frequency(snapshot: Snapshot, word: str) -> int:
    """Return how many entries have a word in a text of their own."""
    if snapshot.newer.gone:
        return len(own_word(snapshot, word))
    return snapshot.build.postings.frequency(word) + len(snapshot.newer.postings.get(word, ()))


def own_phrase(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the entries that have these words in this order in a text of their own; kept as those of wants are."""
    return kept(snapshot, words, lambda: found_phrase(snapshot, words))


def found_phrase(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the same, asked of the engine."""
    together = intersection(snapshot.all, (own_word(snapshot, word) for word in set(words)))
    if not together:
        return together
    return snapshot.ordinals(snapshot.engine.all_with(snapshot.engine.phrase(words), len(snapshot.all)))


def beginning(snapshot: Snapshot, prefix: str, limit: int) -> list[str]:
    """Return the words that begin so, those that most entries have first, ties by the alphabet."""
    postings = snapshot.build.postings
    first, counts = postings.beginning(prefix)
    newer, gone = len(snapshot.newer.entries), len(snapshot.newer.gone)
    # What came later changes a number by so many at most: further down none can be among the first.
    least = np.partition(counts, -limit)[-limit] - gone - newer if len(counts) > limit else 0
    candidates = {postings.word(first + place) for place in np.flatnonzero(counts >= least).tolist()}
    candidates |= {word for word in snapshot.newer.postings if word.startswith(prefix)}
    numbers = {word: frequency(snapshot, word) for word in candidates}
    return sorted((word for word in numbers if numbers[word]), key=lambda word: (-numbers[word], word))[:limit]
