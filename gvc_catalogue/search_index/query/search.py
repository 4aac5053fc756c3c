"""Faceted search over a snapshot: matching entries, sort orders and pagination, and the count of each facet value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot

from .matching import intersection, matches, union
from .parser import Clause
from .partial_matches import PartialMatch, partial_matches
from .ranking import ranked, relevance
from .understanding import UnderstoodQuery, understand

# Chunk size in which all matches by name are read.
MANY = 10_000


@dataclass(frozen=True)
class IndexResult:
    """The result of a faceted search.

    `members` are the entries that match every clause of `query` and the selected values of each facet, `counts` the
    number of entries for each value of each facet. `among` are the entries with the selected values that match no
    excluded clause: the partial matches are among them.
    """

    snapshot: Snapshot
    members: BitMap
    counts: dict[str, dict[str, int]]
    query: UnderstoodQuery
    among: BitMap

    @property
    def clauses(self) -> list[Clause]:
        """The clauses that each member matches."""
        return self.query.clauses

    @property
    def wanted(self) -> list[Clause]:
        """The clauses that are not excluded."""
        return [clause for clause in self.clauses if not clause.excluded]

    @property
    def total(self) -> int:
        return len(self.members)

    def records(self, order: str, start: int, stop: int) -> list[bytes]:
        """Return a page of records, from place `start` up to `stop`.

        `order` is relevance, name, newest, or a grouped order. Raises ValueError or OSError when a file is damaged.
        """
        return [self.snapshot.record(ordinal) for ordinal in self.ordinals(order, start, stop)]

    def every(self, order: str) -> Iterator[bytes]:
        """Yield all matching records in an order, each read lazily. Raises ValueError or OSError as `records` does."""
        if order == "relevance":
            yield from map(self.snapshot.record, self.ordinals(order, 0, self.total))
        elif order == "name":
            for start in range(0, self.total, MANY):
                yield from map(self.snapshot.record, self.ordinals(order, start, start + MANY))
        else:
            yield from map(self.snapshot.record, self.snapshot.all_by_group(order, self.members))

    def partial(self, limit: int) -> list[PartialMatch]:
        """Return at most `limit` partial matches, best first: entries that are no members, with some of the words."""
        return partial_matches(self.snapshot, self.wanted, self.among - self.members, limit) if self.wanted else []

    def ordinals(self, order: str, start: int, stop: int) -> list[int]:
        """Return a page of ordinals, from place `start` up to `stop`, in an order as for `records`."""
        if order == "relevance":
            return self._by_relevance(start, stop)
        if order in ("name", "newest"):
            by = self.snapshot.by_name if order == "name" else self.snapshot.by_newest
            return by(self.members, start, stop)
        return self.snapshot.by_group(order, self.members, start, stop)

    def _by_relevance(self, start: int, stop: int) -> list[int]:
        snapshot = self.snapshot
        if all(clause.excluded for clause in self.clauses):
            return snapshot.by_slug(self.members, start, stop)
        scores = relevance(snapshot, self.members, self.clauses)
        return ranked(snapshot, self.members, scores, start, stop)


def search_index(snapshot: Snapshot, query: str, chosen: dict[str, tuple[str, ...]]) -> IndexResult:
    """Return the result of a faceted search: entries that match the query and one of the chosen values of each facet.

    A facet is counted without its own selection (multi-select facets). Each facet of `chosen` is counted, also where
    no entry has a value of it. No query text raises an exception; DamagedIndexError is raised when a file of
    the index cannot be read.
    """
    understood = understand(snapshot, query) if query else UnderstoodQuery()
    matching = full_matches(snapshot, understood.clauses) if understood.clauses or not query else BitMap()
    sets = {name: union(snapshot.facet(name, value) for value in values) for name, values in chosen.items() if values}
    counts = {
        name: count_values(snapshot, name, intersection(matching, leave_out(sets, name)))
        for name in {**snapshot.facets, **chosen}
    }
    among = intersection(permitted(snapshot, understood.clauses), sets.values())
    return IndexResult(snapshot, intersection(matching, sets.values()), counts, understood, among)


def full_matches(snapshot: Snapshot, clauses: list[Clause]) -> BitMap:
    """Return the entries that match every clause and no excluded one; all entries without a clause."""
    wanted = [clause for clause in clauses if not clause.excluded]
    return intersection(permitted(snapshot, clauses), (matches(snapshot, clause) for clause in wanted))


def permitted(snapshot: Snapshot, clauses: list[Clause]) -> BitMap:
    """Return the entries that match no excluded clause, neither in their own texts nor in shared ones."""
    excluded = [clause for clause in clauses if clause.excluded]
    return snapshot.all - union(matches(snapshot, clause) for clause in excluded) if excluded else snapshot.all


def leave_out(sets: dict[str, BitMap], name: str) -> list[BitMap]:
    return [members for other, members in sets.items() if other != name]


def count_values(snapshot: Snapshot, name: str, among: BitMap) -> dict[str, int]:
    """Return the facet counts: the number of these entries with each value; values without an entry are left out."""
    if among is snapshot.all:
        return snapshot.facet_totals.get(name, {})
    counts = {
        value: among.intersection_cardinality(members) for value, members in snapshot.facets.get(name, {}).items()
    }
    return {value: number for value, number in counts.items() if number}
