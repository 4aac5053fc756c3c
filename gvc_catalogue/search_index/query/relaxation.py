"""What is understood of a query: all that is wanted, or as much as goes together, and what was given up for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from math import log

from pyroaring import BitMap
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.search_index.snapshot import Snapshot

from .matching import intersection, matches, matches_words, union
from .parser import Clause, Synonyms, parse_query
from .reference_documents import texts_with

# Of more words than this the commonest are given up before the best choice among the rest is looked for.
MOST_CHOICES = 7


@dataclass(frozen=True)
class RelaxedQuery:
    """Which entries have what is wanted, as far as it could be had.

    `wants` are those that the members have, `asked` all of them, misspelt words corrected.
    """

    members: BitMap
    wants: list[Clause]
    asked: list[Clause] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)


def relax(snapshot: Snapshot, query: str) -> RelaxedQuery:
    """Return the entries with all that is wanted; when none has it, those with the most of it, and what was dropped."""
    wants = parse_query(query, snapshot.synonyms)
    firm = [want for want in wants if want.firm]
    soft = [want for want in wants if not want.firm]
    base = firm_members(snapshot, firm) if wants else BitMap()
    if not soft:
        return RelaxedQuery(base, firm, firm)
    if base and (members := intersection(base, (matches(snapshot, want) for want in soft))):
        return RelaxedQuery(members, wants, wants)
    return relax_clauses(snapshot, base, firm, soft)


def firm_members(snapshot: Snapshot, firm: list[Clause]) -> BitMap:
    """Return the entries with every phrase and nothing excluded."""
    members = intersection(snapshot.all, (matches(snapshot, want) for want in firm if not want.excluded))
    return members - union(matches(snapshot, want) for want in firm if want.excluded)


def relax_clauses(snapshot: Snapshot, base: BitMap, firm: list[Clause], soft: list[Clause]) -> RelaxedQuery:
    """Words that nobody has are corrected where a near one exists; then as many words as go together are kept.

    Of choices of the same number of words that of the rarer ones wins, then the one that comes first.
    """
    unknown = [want for want in soft if not matches(snapshot, want) and not texts_with(snapshot, want)]
    corrected = {want.typed: near for want in unknown if (near := correct_spelling(snapshot, want))}
    read = [with_correction(want, corrected, snapshot.synonyms) for want in soft]
    rare_first = sorted(
        (want for want in read if matches(snapshot, want) & base), key=lambda want: -weight(snapshot, want)
    )
    kept = set(rare_first[:MOST_CHOICES])
    candidates = [want for want in read if want in kept]
    best = choose(snapshot, base, candidates)
    if not best:
        return RelaxedQuery(BitMap(), [*soft, *firm], [*read, *firm])
    dropped = [old.typed for old, want in zip(soft, read, strict=True) if want not in best]
    members = intersection(base, (matches(snapshot, want) for want in best))
    return RelaxedQuery(
        members, [*best, *firm], [*read, *firm], dropped, {k: v for k, v in corrected.items() if k not in dropped}
    )


def choose(snapshot: Snapshot, base: BitMap, candidates: list[Clause]) -> tuple[Clause, ...]:
    """Return the most words that one entry has together, the rarest of them; empty when nobody has any."""
    for size in range(len(candidates), 0, -1):
        possible = [
            choice
            for choice in combinations(candidates, size)
            if intersection(base, (matches(snapshot, want) for want in choice))
        ]
        if possible:
            return max(possible, key=lambda choice: sum(weight(snapshot, want) for want in choice))
    return ()


def weight(snapshot: Snapshot, want: Clause) -> float:
    """How much a want tells: the rarer, the more."""
    return log((1 + len(snapshot.all)) / (1 + len(matches(snapshot, want))))


def with_correction(want: Clause, corrected: dict[str, str], synonyms: Synonyms) -> Clause:
    """Return a want with its word replaced by the one it was corrected to; any other as it is."""
    if want.typed not in corrected:
        return want
    return replace(parse_query(corrected[want.typed], synonyms)[0], typed=want.typed)


def correct_spelling(snapshot: Snapshot, want: Clause) -> str | None:
    """Return the word of the catalogue that a misspelt one most likely means; None when none is near enough."""
    if len(want.typed) < 4 or not want.typed.isalpha():
        return None
    allowed = 1 if len(want.typed) < 6 else 2
    near = extract(want.typed, snapshot.forms, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None)
    # Of the nearest the one that most entries have.
    ranked = [
        (distance, -len(matches_words(snapshot, (stem(word),))), word)
        for word, distance, _ in near
        if snapshot.is_printed(word)
    ]
    return min(ranked)[2] if ranked else None
