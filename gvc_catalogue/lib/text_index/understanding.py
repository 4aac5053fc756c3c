"""What is understood of a query: all that is wanted, or as much as goes together, and what was given up for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from math import log

from pyroaring import BitMap
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from .analysis import stem
from .documents import texts_with
from .having import having, having_words, intersection, union
from .snapshot import Snapshot
from .wanted import Synonyms, Want, wanted

# Of more words than this the commonest are given up before the best choice among the rest is looked for.
MOST_CHOICES = 7


@dataclass(frozen=True)
class Understood:
    """Which entries have what is wanted, as far as it could be had.

    `wants` are those that the members have, `asked` all of them, misspelt words corrected.
    """

    members: BitMap
    wants: list[Want]
    asked: list[Want] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)


def understand(snapshot: Snapshot, query: str) -> Understood:
    """Return the entries with all that is wanted; when none has it, those with the most of it, and what was dropped."""
    wants = wanted(query, snapshot.synonyms)
    firm = [want for want in wants if want.firm]
    soft = [want for want in wants if not want.firm]
    base = firm_members(snapshot, firm) if wants else BitMap()
    if not soft:
        return Understood(base, firm, firm)
    if base and (members := intersection(base, (having(snapshot, want) for want in soft))):
        return Understood(members, wants, wants)
    return with_the_most(snapshot, base, firm, soft)


def firm_members(snapshot: Snapshot, firm: list[Want]) -> BitMap:
    """Return the entries with every phrase and nothing excluded."""
    members = intersection(snapshot.all, (having(snapshot, want) for want in firm if not want.excluded))
    return members - union(having(snapshot, want) for want in firm if want.excluded)


def with_the_most(snapshot: Snapshot, base: BitMap, firm: list[Want], soft: list[Want]) -> Understood:
    """Words that nobody has are corrected where a near one exists; then as many words as go together are kept.

    Of choices of the same number of words that of the rarer ones wins, then the one that comes first.
    """
    unknown = [want for want in soft if not having(snapshot, want) and not texts_with(snapshot, want)]
    corrected = {want.typed: near for want in unknown if (near := nearest(snapshot, want))}
    read = [replacing(want, corrected, snapshot.synonyms) for want in soft]
    rare_first = sorted(
        (want for want in read if having(snapshot, want) & base), key=lambda want: -weight(snapshot, want)
    )
    kept = set(rare_first[:MOST_CHOICES])
    candidates = [want for want in read if want in kept]
    best = choose(snapshot, base, candidates)
    if not best:
        return Understood(BitMap(), [*soft, *firm], [*read, *firm])
    dropped = [old.typed for old, want in zip(soft, read, strict=True) if want not in best]
    members = intersection(base, (having(snapshot, want) for want in best))
    return Understood(
        members, [*best, *firm], [*read, *firm], dropped, {k: v for k, v in corrected.items() if k not in dropped}
    )


def choose(snapshot: Snapshot, base: BitMap, candidates: list[Want]) -> tuple[Want, ...]:
    """Return the most words that one entry has together, the rarest of them; empty when nobody has any."""
    for size in range(len(candidates), 0, -1):
        possible = [
            choice
            for choice in combinations(candidates, size)
            if intersection(base, (having(snapshot, want) for want in choice))
        ]
        if possible:
            return max(possible, key=lambda choice: sum(weight(snapshot, want) for want in choice))
    return ()


def weight(snapshot: Snapshot, want: Want) -> float:
    """How much a want tells: the rarer, the more."""
    return log((1 + len(snapshot.all)) / (1 + len(having(snapshot, want))))


def replacing(want: Want, corrected: dict[str, str], synonyms: Synonyms) -> Want:
    """Return a want with its word replaced by the one it was corrected to; any other as it is."""
    if want.typed not in corrected:
        return want
    return replace(wanted(corrected[want.typed], synonyms)[0], typed=want.typed)


def nearest(snapshot: Snapshot, want: Want) -> str | None:
    """Return the word of the catalogue that a misspelt one most likely means; None when none is near enough."""
    if len(want.typed) < 4 or not want.typed.isalpha():
        return None
    allowed = 1 if len(want.typed) < 6 else 2
    near = extract(want.typed, snapshot.forms, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None)
    # Of the nearest the one that most entries have.
    ranked = [
        (distance, -len(having_words(snapshot, (stem(word),))), word)
        for word, distance, _ in near
        if snapshot.is_printed(word)
    ]
    return min(ranked)[2] if ranked else None
