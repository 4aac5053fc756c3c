"""What goes with what is typed so far, and what is like an entry."""

from __future__ import annotations

from collections.abc import Iterable

from ..words import SMALL_WORDS
from . import engine
from .analysis import analyse, folded_words, stem
from .snapshot import Snapshot

# So many words may go on from what is typed so far.
CONTINUATIONS = 20


def suggest(snapshot: Snapshot, typed: str, limit: int) -> list[bytes]:
    """Return the records of the entries that best go with what is typed so far; its last word may be unfinished."""
    *whole, last = folded_words(typed) or [""]
    if not last:
        return []
    index = snapshot.engine
    going_on = dict.fromkeys([stem(last), *(word for word, _ in index.vocabulary(last, CONTINUATIONS))])
    unfinished = engine.either(*(index.phrase((word,)) for word in going_on))
    asked = engine.both(*(index.phrase((stem(word),)) for word in whole), unfinished)
    return records(snapshot, [pk for pk, _ in index.ranked(asked, 0, limit)])


# So many of an entry's rarest words are compared.
TELLING = 20


def like(snapshot: Snapshot, slug: str, texts: Iterable[str], keys: Iterable[str], limit: int) -> list[bytes]:
    """Return the records of others with any of these shared texts, those with most of the telling words first."""
    index = snapshot.engine
    frequencies = {word: index.frequency(word) for text in texts for word in analyse(text)}
    telling = sorted((word for word, number in frequencies.items() if number > 1), key=frequencies.__getitem__)
    serving = index.among(f"shared/{key}" for key in keys)
    asked = engine.preferably(serving, *(index.phrase((word,)) for word in telling[:TELLING]))
    ordinals = snapshot.in_order([pk for pk, _ in index.ranked(asked, 0, limit + 1)])
    own = snapshot.of_slug(slug)
    return [snapshot.record(ordinal) for ordinal in ordinals if ordinal != own][:limit]


def records(snapshot: Snapshot, pks: list[int]) -> list[bytes]:
    return [snapshot.record(ordinal) for ordinal in snapshot.in_order(pks)]


def in_common(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the words that two records' texts have in common, as the second prints them, in its order."""
    stems = {word for text in texts for word in analyse(text)}
    words = (word for text in others for word in folded_words(text))
    found = {stem(word): word for word in words if stem(word) in stems and word not in SMALL_WORDS and len(word) > 2}
    return list(found.values())
