"""Query relaxation: when no entry matches all clauses, some are corrected (see spelling.py) or dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from math import log

from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot

from .matching import intersection, matches, union
from .parser import Clause, parse_query
from .reference_documents import texts_with
from .spelling import correct_spelling, with_correction

# Combinations grow as 2^n: of more clauses than this the most frequent are dropped before combinations are tried.
MOST_CHOICES = 7


@dataclass(frozen=True)
class RelaxedQuery:
    """The result of query relaxation: the matching entries, and the clauses that were corrected or dropped.

    `clauses` are the clauses that the members match, `asked` all clauses, misspelt words corrected. `dropped` are the
    dropped words as typed, `corrected` maps a typed word to its correction.
    """

    members: BitMap
    clauses: list[Clause]
    asked: list[Clause] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)


def relax(snapshot: Snapshot, query: str) -> RelaxedQuery:
    """Return the entries that match all clauses of a query; when there are none, the result of its relaxation."""
    clauses = parse_query(query, snapshot.synonyms)
    firm = [clause for clause in clauses if clause.firm]
    soft = [clause for clause in clauses if not clause.firm]
    base = firm_members(snapshot, firm) if clauses else BitMap()
    if not soft:
        return RelaxedQuery(base, firm, firm)
    if base and (members := intersection(base, (matches(snapshot, clause) for clause in soft))):
        return RelaxedQuery(members, clauses, clauses)
    return relax_clauses(snapshot, base, firm, soft)


def firm_members(snapshot: Snapshot, firm: list[Clause]) -> BitMap:
    """Return the entries that match every quoted phrase and no exclusion."""
    members = intersection(snapshot.all, (matches(snapshot, clause) for clause in firm if not clause.excluded))
    return members - union(matches(snapshot, clause) for clause in firm if clause.excluded)


def relax_clauses(snapshot: Snapshot, base: BitMap, firm: list[Clause], soft: list[Clause]) -> RelaxedQuery:
    """Return the relaxed query: unknown words are corrected if possible, then the largest matching set of clauses kept.

    Of sets of the same size the one with the rarer words wins, then the first in the order typed.
    """
    unknown = [clause for clause in soft if not matches(snapshot, clause) and not texts_with(snapshot, clause)]
    corrections = {
        clause.typed: correct_spelling(snapshot, clause.typed, clause.typed, known=lambda word: False)
        for clause in unknown
    }
    corrected = {typed: near for typed, near in corrections.items() if near}
    read = [with_correction(clause, corrected, snapshot.synonyms) for clause in soft]
    rare_first = sorted(
        (clause for clause in read if matches(snapshot, clause) & base), key=lambda clause: -weight(snapshot, clause)
    )
    kept = set(rare_first[:MOST_CHOICES])
    candidates = [clause for clause in read if clause in kept]
    best = choose(snapshot, base, candidates)
    if not best:
        return RelaxedQuery(BitMap(), [*soft, *firm], [*read, *firm])
    dropped = [old.typed for old, clause in zip(soft, read, strict=True) if clause not in best]
    members = intersection(base, (matches(snapshot, clause) for clause in best))
    return RelaxedQuery(
        members, [*best, *firm], [*read, *firm], dropped, {k: v for k, v in corrected.items() if k not in dropped}
    )


def choose(snapshot: Snapshot, base: BitMap, candidates: list[Clause]) -> tuple[Clause, ...]:
    """Return the largest combination of clauses that one entry matches, of equal sizes the rarest; empty for none."""
    for size in range(len(candidates), 0, -1):
        possible = [
            choice
            for choice in combinations(candidates, size)
            if intersection(base, (matches(snapshot, clause) for clause in choice))
        ]
        if possible:
            return max(possible, key=lambda choice: sum(weight(snapshot, clause) for clause in choice))
    return ()


def weight(snapshot: Snapshot, clause: Clause) -> float:
    """Return the inverse document frequency of a clause: the fewer entries match it, the higher."""
    return log((1 + len(snapshot.all)) / (1 + len(matches(snapshot, clause))))
