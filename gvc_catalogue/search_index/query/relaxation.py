"""Query relaxation and spelling correction: when no entry matches all clauses, some are corrected or dropped."""

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

# Combinations grow as 2^n: of more clauses than this the most frequent are dropped before combinations are tried.
MOST_CHOICES = 7


@dataclass(frozen=True)
class RelaxedQuery:
    """The result of query relaxation: the matching entries, and the clauses that were corrected or dropped.

    `wants` are the clauses that the members match, `asked` all clauses, misspelt words corrected. `dropped` are the
    dropped words as typed, `corrected` maps a typed word to its correction.
    """

    members: BitMap
    wants: list[Clause]
    asked: list[Clause] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)


def relax(snapshot: Snapshot, query: str) -> RelaxedQuery:
    """Return the entries that match all clauses of a query; when there are none, the result of its relaxation."""
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
    """Return the entries that match every quoted phrase and no exclusion."""
    members = intersection(snapshot.all, (matches(snapshot, want) for want in firm if not want.excluded))
    return members - union(matches(snapshot, want) for want in firm if want.excluded)


def relax_clauses(snapshot: Snapshot, base: BitMap, firm: list[Clause], soft: list[Clause]) -> RelaxedQuery:
    """Return the relaxed query: unknown words are corrected if possible, then the largest matching set of clauses kept.

    Of sets of the same size the one with the rarer words wins, then the first in the order typed.
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
    """Return the largest combination of clauses that one entry matches, of equal sizes the rarest; empty for none."""
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
    """Return the inverse document frequency of a clause: the fewer entries match it, the higher."""
    return log((1 + len(snapshot.all)) / (1 + len(matches(snapshot, want))))


def with_correction(want: Clause, corrected: dict[str, str], synonyms: Synonyms) -> Clause:
    """Return the clause of the corrected word, with `typed` unchanged; the same clause when there is no correction."""
    if want.typed not in corrected:
        return want
    return replace(parse_query(corrected[want.typed], synonyms)[0], typed=want.typed)


def correct_spelling(snapshot: Snapshot, want: Clause) -> str | None:
    """Return the spelling correction of a misspelt word, a word of the catalogue; None when none is near enough.

    Only words of 4 or more letters are corrected. The edit distance (optimal string alignment) is at most 1 for words
    of fewer than 6 letters and at most 2 for others.
    """
    if len(want.typed) < 4 or not want.typed.isalpha():
        return None
    allowed = 1 if len(want.typed) < 6 else 2
    near = extract(want.typed, snapshot.forms, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None)
    # Of equal distances the word that most entries contain.
    ranked = [
        (distance, -len(matches_words(snapshot, (stem(word),))), word)
        for word, distance, _ in near
        if snapshot.is_printed(word)
    ]
    return min(ranked)[2] if ranked else None
