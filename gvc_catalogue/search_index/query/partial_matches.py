"""Partial matches: entries that match some clauses of a query, those with the rarest words first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import Any

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.text.english import zipf

from .matching import matches, matches_in_context, union
from .parser import Clause
from .ranking import FINE, array_of, ranked, rarity, relevance, within

# The Zipf frequency of names and terms, which are specific, and of the commonest words.
SPECIFIC, MOST = 3.5, 7.5
# The weight of the rarity in English against that among the entries.
ENGLISH_COUNTS = 0.3
# The subject tells more than the place: a name counts this many times less.
NAMES_COUNT = 2


@dataclass(frozen=True)
class PartialMatch:
    """An entry that matches some clauses: those it has and those it lacks, in the order typed.

    `in_context` when it has them only in context texts.
    """

    ordinal: int
    has: list[Clause]
    lacks: list[Clause]
    in_context: bool


def partial_matches(snapshot: Snapshot, clauses: list[Clause], among: BitMap, limit: int) -> list[PartialMatch]:
    """Return at most `limit` partial matches among these entries, best first.

    `clauses` exclude nothing, and no entry of `among` fully matches all of them. Entries that have words only in
    context texts come last. In both groups entries are ordered by the sum of the inverse document frequencies of the
    clauses they have, then by relevance, then by slug.
    """
    own = [matches(snapshot, clause) & among for clause in clauses]
    own_any = union(own)
    context = [(matches_in_context(snapshot, clause) & among) - own_any for clause in clauses]
    weights = [weight(snapshot, clause) for clause in clauses]
    found: list[PartialMatch] = []
    for sets, in_context in (own, False), (context, True):
        for ordinal in islice(best(snapshot, clauses, sets, weights, limit), limit - len(found)):
            has = [clause for clause, members in zip(clauses, sets, strict=True) if ordinal in members]
            found.append(PartialMatch(ordinal, has, [c for c in clauses if c not in has], in_context))
    return found


def weight(snapshot: Snapshot, clause: Clause) -> int:
    """Return how much a clause tells: its rarity among the entries, and that of its rarest word in English.

    In a small catalogue a common word of English can be rarer than a word of the subject.
    """
    rarest = SPECIFIC if clause.entities or " " in clause.typed else max(SPECIFIC, zipf(clause.typed))
    own = rarity(snapshot, len(matches(snapshot, clause))) + round(ENGLISH_COUNTS * FINE * log(10) * (MOST - rarest))
    return own // NAMES_COUNT if clause.names else own


def best(
    snapshot: Snapshot, clauses: list[Clause], sets: list[BitMap], weights: list[int], limit: int
) -> Iterator[int]:
    """Yield the ordinals of the entries of any set, by descending sum of the weights of their sets, then relevance.

    At most `limit` for each sum.
    """
    ordinals, sums = summed(sets, weights, limit)
    for total in np.unique(sums)[::-1].tolist():
        members = BitMap(ordinals[sums == total])
        yield from ranked(snapshot, members, relevance(snapshot, members, clauses), 0, limit)


def summed(sets: list[BitMap], weights: list[int], limit: int) -> tuple[Any, Any]:
    """Return the ordinals of the entries of any set, sorted, and the sum of the weights of the sets of each.

    Entries that cannot be among the first `limit` are left out: those of the sets of the lowest weights alone, once
    `limit` entries have more than these weights together.
    """
    candidates, left = BitMap(), sum(weights)
    heaviest = sorted(zip(weights, sets, strict=True), key=lambda pair: -pair[0])
    for n, (weight, members) in enumerate(heaviest):
        if len(candidates) >= limit and left < heaviest[n - 1][0]:
            break
        candidates |= members
        left -= weight
    ordinals = array_of(candidates)
    sums = np.zeros(len(ordinals), dtype=np.int64)
    for weight, members in heaviest:
        sums += within(ordinals, members & candidates) * weight
    return ordinals, sums
