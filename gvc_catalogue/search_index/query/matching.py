"""Boolean retrieval: the sets of entries that match a word, a phrase or a clause, from posting lists."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot

from .gazetteer import Entity, kind_of
from .parser import Clause
from .tokeniser import Words

# Phrase queries are expensive: each snapshot caches at most this number of results.
KEPT = 500


def union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *sets)


def intersection(members: BitMap, sets: Iterable[BitMap]) -> BitMap:
    """Return the intersection of all sets; the object `members` itself when there are no other sets."""
    for other in sets:
        members = members & other
    return members


def matches(snapshot: Snapshot, clause: Clause) -> BitMap:
    """Return the entries that fully match a clause; cached in the snapshot. `excluded` is left to the caller.

    They match it in their own texts, in shared texts that are no context, or as entries of a named entity.
    """
    key = (clause.phrases, clause.apart, clause.entities)
    return kept(snapshot, key, lambda: found(snapshot, clause))


def matches_in_context(snapshot: Snapshot, clause: Clause) -> BitMap:
    """Return the entries that match a clause only with the help of a context text; cached."""
    key = ("context", clause.phrases, clause.apart, clause.entities)
    return kept(snapshot, key, lambda: found_in_context(snapshot, clause))


def kept(snapshot: Snapshot, key: Hashable, make: Callable[[], BitMap]) -> BitMap:
    """Return the cached set of a key, computed by `make` when missing. A full cache is emptied first."""
    members = snapshot.kept.get(key)
    if members is None:
        members = make()
        if len(snapshot.kept) >= KEPT:
            snapshot.kept.clear()
        snapshot.kept[key] = members
    return members


def found(snapshot: Snapshot, clause: Clause) -> BitMap:
    """Return the entries that match a phrase, all words of an element of `apart`, or an entity; not cached."""
    left_out = snapshot.shared.context | snapshot.shared.named
    phrases = [matches_words(snapshot, words, left_out) for words in clause.phrases]
    apart = [all_words(snapshot, words, left_out) for words in clause.apart]
    return union([*phrases, *apart, *(members_of(snapshot, entity) for entity in clause.entities)])


def found_in_context(snapshot: Snapshot, clause: Clause) -> BitMap:
    """Return the entries that match a clause only with the help of a context text; not cached."""
    context = snapshot.shared.context
    keys = (key for words in clause.phrases for key in snapshot.shared_keys(words) if kind_of(key) in context)
    apart = [all_words(snapshot, words, snapshot.shared.named) for words in clause.apart]
    return union([snapshot.shared_members(keys), *apart]) - matches(snapshot, clause)


def members_of(snapshot: Snapshot, entity: Entity) -> BitMap:
    """Return the entries that an entity stands for."""
    return union(snapshot.sets[name] for name in entity.sets if name in snapshot.sets)


def all_words(snapshot: Snapshot, words: Words, left_out: frozenset[str] = frozenset()) -> BitMap:
    """Return the entries that contain all words, in any texts but shared texts of the kinds `left_out`."""
    return intersection(snapshot.all, (matches_words(snapshot, (word,), left_out) for word in words))


def matches_words(snapshot: Snapshot, words: Words, left_out: frozenset[str] = frozenset()) -> BitMap:
    """Return the entries that contain this phrase (words in this order) in a text of their own or in a shared text.

    Shared texts of the kinds `left_out` do not count.
    """
    keys = (key for key in snapshot.shared_keys(words) if kind_of(key) not in left_out)
    own = own_word(snapshot, words[0]) if len(words) == 1 else own_phrase(snapshot, words)
    return snapshot.shared_members(keys) | own


def own_word(snapshot: Snapshot, word: str) -> BitMap:
    """Return the entries in the posting list of a word: those that contain it in a text of their own."""
    posting, newer = snapshot.build.postings[word], snapshot.delta.postings.get(word, {})
    return ((posting.members if posting else BitMap()) | BitMap(newer)) - snapshot.delta.deleted


def frequency(snapshot: Snapshot, word: str) -> int:
    """Return the document frequency of a word: the number of entries that contain it in a text of their own."""
    if snapshot.delta.deleted:
        return len(own_word(snapshot, word))
    return snapshot.build.postings.frequency(word) + len(snapshot.delta.postings.get(word, ()))


def own_phrase(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the entries that contain this phrase in a text of their own; cached as the results of clauses are."""
    return kept(snapshot, words, lambda: found_phrase(snapshot, words))


def found_phrase(snapshot: Snapshot, words: Words) -> BitMap:
    """Return the result of a phrase query to the engine; not cached. No phrase query when no entry has all words."""
    together = intersection(snapshot.all, (own_word(snapshot, word) for word in set(words)))
    if not together:
        return together
    return snapshot.ordinals(snapshot.engine.all_with(snapshot.engine.phrase(words), len(snapshot.all)))


def beginning(snapshot: Snapshot, prefix: str, limit: int) -> list[str]:
    """Return at most `limit` words with a prefix (prefix search), the most frequent first, ties in alphabetical order.

    Only words of the entries' own texts are searched; words without an entry are left out.
    """
    postings = snapshot.build.postings
    first, counts = postings.beginning(prefix)
    newer, gone = len(snapshot.delta.entries), len(snapshot.delta.deleted)
    # Entries written or removed since the build change a frequency by at most `gone + newer`: words below this
    # threshold cannot be among the first.
    least = np.partition(counts, -limit)[-limit] - gone - newer if len(counts) > limit else 0
    candidates = {postings.word(first + place) for place in np.flatnonzero(counts >= least).tolist()}
    candidates |= {word for word in snapshot.delta.postings if word.startswith(prefix)}
    numbers = {word: frequency(snapshot, word) for word in candidates}
    return sorted((word for word in numbers if numbers[word]), key=lambda word: (-numbers[word], word))[:limit]
