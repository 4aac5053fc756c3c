"""Autocomplete, and similar entries (more like this)."""

from __future__ import annotations

from collections.abc import Iterable

from pyroaring import BitMap

from gvc_catalogue.search_index.analysis import analyse, folded_words, stem
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.text.tokens import STOP_WORDS

from .matching import beginning, frequency, intersection, own_word, union
from .ranking import array_of, highest, of_words, ranked

# Maximum number of words to which the last typed word is completed.
CONTINUATIONS = 20


def suggest(snapshot: Snapshot, typed: str, limit: int) -> list[bytes]:
    """Return autocomplete suggestions: at most `limit` records, best first. The last typed word is a prefix."""
    *whole, last = folded_words(typed) or [""]
    if not last:
        return []
    typed_whole = dict.fromkeys(map(stem, whole))
    going_on = dict.fromkeys([stem(last), *beginning(snapshot, last, CONTINUATIONS)])
    among = intersection(snapshot.all, (own_word(snapshot, word) for word in typed_whole))
    # Only the best entries of each word are scored: together the words may be in most entries.
    members = union(highest(snapshot, own_word(snapshot, word) & among, word, limit) for word in going_on)
    scores = of_words(snapshot, array_of(members), {**typed_whole, **going_on})
    return [snapshot.record(ordinal) for ordinal in ranked(snapshot, members, scores, 0, limit)]


# Number of an entry's rarest words that are compared with other entries.
TELLING = 20


def more_like_this(snapshot: Snapshot, slug: str, texts: Iterable[str], keys: Iterable[str], limit: int) -> list[bytes]:
    """Return at most `limit` records of similar entries (more like this), best first.

    They have at least one of the shared texts `keys`, and are ranked by the rarest words of `texts`. The entry with
    this slug is left out.
    """
    own = snapshot.of_slug(slug)
    members = snapshot.shared_members(keys) - BitMap([] if own is None else [own])
    numbers = {word: frequency(snapshot, word) for text in texts for word in analyse(text)}
    telling = sorted((word for word, number in numbers.items() if number > 1), key=lambda word: (numbers[word], word))
    # Most of these words are rare: few entries contain any, and the others would be ranked after those.
    likely = members & union(own_word(snapshot, word) for word in telling[:TELLING])
    members = likely if len(likely) >= limit else members
    scores = of_words(snapshot, array_of(members), telling[:TELLING])
    return [snapshot.record(ordinal) for ordinal in ranked(snapshot, members, scores, 0, limit)]


def shared_words(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the words that two records have in common, folded, as spelt and in the order of `others`.

    Words are compared by stem; stop words and words of fewer than 3 letters are left out.
    """
    stems = {word for text in texts for word in analyse(text)}
    words = (word for text in others for word in folded_words(text))
    found = {stem(word): word for word in words if stem(word) in stems and word not in STOP_WORDS and len(word) > 2}
    return list(found.values())
