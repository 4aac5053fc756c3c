"""BM25 relevance ranking: a score for each entry, computed only from the entries that exist.

A score is the sum over the words of a query of inverse document frequency times impact in the entry. All are whole
numbers, so an index that was updated and one that was rebuilt give the same scores. Ties are ordered by slug.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import Any

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.search_index.storage.postings import HIGHEST

from .gazetteer import Entity
from .matching import all_words, frequency, members_of, own_phrase
from .parser import Clause
from .tokeniser import Words, expression_words

# Fixed-point scale of the weights of words: they are multiples of 1 / FINE.
FINE = 64
# The impact of a term of the vocabulary in an entry that is classified by it, as of a word that occurs once.
CLASSIFIED = 160
# A word of a label counts this many times less than a typed word, and only when it is in less than 1 / RARE of all
# entries.
LABEL_COUNTS, RARE = 20, 4
# Sort keys are 63-bit: places by slug take fewer bits than this (see Snapshot.slug_places), scores the rest.
BITS = 36
# With this many times more entries than requested, entries with too low a score are removed before sorting.
FIRST = 8
# A posting list this many times longer than the scored entries is read by binary search, not as a dense array.
LONGER = 16


def ranked(snapshot: Snapshot, members: BitMap, scores: Any, start: int, stop: int) -> list[int]:
    """Return the ordinals from place `start` up to `stop` (top-k selection), highest score first, ties by slug.

    `scores` are in the order of the ordinals of `members`.
    """
    ordinals, stop = array_of(members), min(stop, len(members))
    if start >= stop:
        return []
    # Partial selection: to find the first of a million entries is faster than to sort all of them.
    if stop * FIRST < len(scores):
        among = scores >= np.partition(scores, len(scores) - stop)[len(scores) - stop]
        ordinals, scores = ordinals[among], scores[among]
    keys = ((scores.max() - scores).astype(np.int64) << BITS) + snapshot.slug_places(ordinals)
    among = np.argpartition(keys, (start, stop - 1))[start:stop] if stop - start < len(keys) else np.arange(len(keys))
    found: list[int] = ordinals[among[np.argsort(keys[among])]].tolist()
    return found


def relevance(snapshot: Snapshot, members: BitMap, clauses: Iterable[Clause]) -> Any:
    """Return the BM25 score of each entry, an int32 array in the order of the ordinals.

    Words of an entry's own texts count, and terms of the vocabulary that the words are a label of. A match in a shared
    text adds nothing. Excluded clauses are skipped.
    """
    ordinals = array_of(members)
    scores = np.zeros(len(ordinals), dtype=np.int32)
    for clause in clauses:
        if not clause.excluded:
            for words in clause.phrases:
                scores += of_phrase(snapshot, members, ordinals, words)
            for words in clause.apart:
                scores += of_words(snapshot, ordinals, words) * within(ordinals, members & all_words(snapshot, words))
            for entity in clause.concepts:
                scores += of_concept(snapshot, members, ordinals, entity)
    return scores


def of_concept(snapshot: Snapshot, members: BitMap, ordinals: Any, entity: Entity) -> Any:
    """Return the scores of entries for a term of the vocabulary; 0 for entries that are not classified by it.

    Of entries that are classified alike, those that contain words of its labels come first.
    """
    classified = members_of(snapshot, entity)
    scores = np.full(len(ordinals), CLASSIFIED * rarity(snapshot, len(classified)), dtype=np.int32)
    words = {stem(word) for name in entity.names for word in expression_words(name)}
    rare = [word for word in words if frequency(snapshot, word) * RARE < len(snapshot.all)]
    scores += of_words(snapshot, ordinals, rare) // LABEL_COUNTS
    return scores * within(ordinals, members & classified)


def of_words(snapshot: Snapshot, ordinals: Any, words: Iterable[str]) -> Any:
    """Return the scores of entries for words in any position, an int32 array."""
    scores = np.zeros(len(ordinals), dtype=np.int32)
    for word in words:
        scores += np.multiply(impacts_in(snapshot, ordinals, word), weight(snapshot, word), dtype=np.int32)
    return scores


def highest(snapshot: Snapshot, members: BitMap, word: str, number: int) -> BitMap:
    """Return the `number` entries in which a word has the highest impact, and all that tie with the last of them."""
    if len(members) <= number:
        return members
    ordinals = array_of(members)
    found = impacts_in(snapshot, ordinals, word)
    least = HIGHEST - int(np.searchsorted(np.bincount(found, minlength=HIGHEST + 1)[::-1].cumsum(), number))
    return BitMap(ordinals[found >= least])


def of_phrase(snapshot: Snapshot, members: BitMap, ordinals: Any, words: Words) -> Any:
    """Return the scores of entries for a phrase; 0 for entries that do not contain its words in this order."""
    scores = of_words(snapshot, ordinals, words)
    return scores if len(words) == 1 else scores * within(ordinals, members & own_phrase(snapshot, words))


def weight(snapshot: Snapshot, word: str) -> int:
    """Return the inverse document frequency of BM25 for a word, times FINE and rounded: the rarer, the higher."""
    return rarity(snapshot, frequency(snapshot, word))


def rarity(snapshot: Snapshot, having: int) -> int:
    """Return the inverse document frequency of BM25 for a number of entries, times FINE and rounded."""
    return round(FINE * log(1 + (len(snapshot.all) - having + 0.5) / (having + 0.5)))


def impacts_in(snapshot: Snapshot, ordinals: Any, word: str) -> Any:
    """Return the impact of a word in each of these entries, a uint8 array; 0 for entries without the word."""
    found = np.zeros(len(ordinals), dtype=np.uint8)
    old = int(np.searchsorted(ordinals, snapshot.build.count))
    if posting := snapshot.build.postings[word]:
        found[:old] = looked_up(array_of(posting.members), posting.impacts, ordinals[:old], snapshot.build.count)
    newer = snapshot.delta.postings.get(word)
    if newer:
        found[old:] = [newer.get(ordinal, 0) for ordinal in ordinals[old:].tolist()]
    return found


def looked_up(keys: Any, values: Any, wanted: Any, count: int) -> Any:
    """Return the value of each wanted key, 0 for a missing one.

    `keys` and `wanted` are sorted, and all keys are less than `count`.
    """
    if len(wanted) == len(keys) and np.array_equal(wanted, keys):
        return values
    if len(wanted) * LONGER < len(keys):
        places = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
        return np.where(keys[places] == wanted, values[places], 0)
    spread = np.zeros(count, dtype=np.uint8)
    spread[keys] = values
    return spread[wanted]


def within(ordinals: Any, members: BitMap) -> Any:
    """Return a Boolean mask: whether each ordinal is in `members`, which must be a subset of the ordinals."""
    found = np.zeros(len(ordinals), dtype=bool)
    found[np.searchsorted(ordinals, array_of(members))] = True
    return found


def array_of(members: BitMap) -> Any:
    return np.frombuffer(members.to_array(), dtype=np.uint32)
