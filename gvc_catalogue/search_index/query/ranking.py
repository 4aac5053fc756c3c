"""The order by relevance: a score for each entry, made of the entries that there are and of nothing else.

A score is the sum over the words wanted of how rare each is, as BM25 has it, times its impact in the entry. All are
whole numbers, so an index that followed changes and one that was built anew give the very same. Ties are by slug.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import Any

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.search_index.storage.postings import HIGHEST

from .matching import frequency, intersection, matches_words, own_phrase
from .parser import Clause, Words

# Weights of words are multiples of one in so many.
FINE = 64
# Places by slug take less than so many bits (see Snapshot.slug_places), scores what is left of 63.
BITS = 36
# Of so many times more entries than are asked for, those are left out first whose scores are too low.
FIRST = 8
# A list of so many times more entries than are scored is searched rather than spread out.
LONGER = 16


def ranked(snapshot: Snapshot, members: BitMap, scores: Any, start: int, stop: int) -> list[int]:
    """Return the ordinals from one place to another, those of the highest scores first, ties by slug."""
    ordinals, stop = array_of(members), min(stop, len(members))
    if start >= stop:
        return []
    # The first of a million are found sooner than all are sorted.
    if stop * FIRST < len(scores):
        among = scores >= np.partition(scores, len(scores) - stop)[len(scores) - stop]
        ordinals, scores = ordinals[among], scores[among]
    keys = ((scores.max() - scores).astype(np.int64) << BITS) + snapshot.slug_places(ordinals)
    among = np.argpartition(keys, (start, stop - 1))[start:stop] if stop - start < len(keys) else np.arange(len(keys))
    found: list[int] = ordinals[among[np.argsort(keys[among])]].tolist()
    return found


def relevance(snapshot: Snapshot, members: BitMap, wants: Iterable[Clause]) -> Any:
    """Return the score of each of these entries: own words count, shared ones only let in."""
    ordinals = array_of(members)
    scores = np.zeros(len(ordinals), dtype=np.int32)
    for want in wants:
        if not want.excluded:
            for words in want.phrases:
                scores += of_phrase(snapshot, members, ordinals, words)
            if want.apart:
                together = intersection(members, (matches_words(snapshot, (word,)) for word in want.apart))
                scores += of_words(snapshot, ordinals, want.apart) * within(ordinals, together)
    return scores


def of_words(snapshot: Snapshot, ordinals: Any, words: Iterable[str]) -> Any:
    """Return the scores of entries for words, wherever they stand."""
    scores = np.zeros(len(ordinals), dtype=np.int32)
    for word in words:
        scores += np.multiply(impacts_in(snapshot, ordinals, word), weight(snapshot, word), dtype=np.int32)
    return scores


def highest(snapshot: Snapshot, members: BitMap, word: str, number: int) -> BitMap:
    """Return so many of these entries in which a word has the most impact, and all that tie with the last."""
    if len(members) <= number:
        return members
    ordinals = array_of(members)
    found = impacts_in(snapshot, ordinals, word)
    least = HIGHEST - int(np.searchsorted(np.bincount(found, minlength=HIGHEST + 1)[::-1].cumsum(), number))
    return BitMap(ordinals[found >= least])


def of_phrase(snapshot: Snapshot, members: BitMap, ordinals: Any, words: Words) -> Any:
    """Return the scores of entries for words in this order."""
    scores = of_words(snapshot, ordinals, words)
    return scores if len(words) == 1 else scores * within(ordinals, members & own_phrase(snapshot, words))


def weight(snapshot: Snapshot, word: str) -> int:
    """How much a word tells: the rarer among the entries that there are, the more."""
    total, having = len(snapshot.all), frequency(snapshot, word)
    return round(FINE * log(1 + (total - having + 0.5) / (having + 0.5)))


def impacts_in(snapshot: Snapshot, ordinals: Any, word: str) -> Any:
    """Return the impact of a word in each of these entries, 0 where it does not stand."""
    found = np.zeros(len(ordinals), dtype=np.uint8)
    old = int(np.searchsorted(ordinals, snapshot.build.count))
    if posting := snapshot.build.postings[word]:
        found[:old] = looked_up(array_of(posting.members), posting.impacts, ordinals[:old], snapshot.build.count)
    newer = snapshot.newer.postings.get(word)
    if newer:
        found[old:] = [newer.get(ordinal, 0) for ordinal in ordinals[old:].tolist()]
    return found


def looked_up(keys: Any, values: Any, wanted: Any, count: int) -> Any:
    """Return the value of each wanted key, 0 for none; both are in order, and all keys are less than `count`."""
    if len(wanted) == len(keys) and np.array_equal(wanted, keys):
        return values
    if len(wanted) * LONGER < len(keys):
        places = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
        return np.where(keys[places] == wanted, values[places], 0)
    spread = np.zeros(count, dtype=np.uint8)
    spread[keys] = values
    return spread[wanted]


def within(ordinals: Any, members: BitMap) -> Any:
    """Return for each of these ordinals whether it belongs to a set of some of them."""
    found = np.zeros(len(ordinals), dtype=bool)
    found[np.searchsorted(ordinals, array_of(members))] = True
    return found


def array_of(members: BitMap) -> Any:
    return np.frombuffer(members.to_array(), dtype=np.uint32)
