"""A query and chosen values answered by a snapshot: which entries, in what order, and how many have each value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot

from .matching import intersection, union
from .parser import Clause
from .ranking import ranked, relevance
from .relaxation import RelaxedQuery, relax

# So many at a time are read of all.
MANY = 10_000


@dataclass(frozen=True)
class IndexResult:
    """What an index answers.

    `wants` are those that the members have, `asked` all of them; `dropped` are words given up, `corrected` words read
    as others, by what was typed.
    """

    snapshot: Snapshot
    members: BitMap
    counts: dict[str, dict[str, int]]
    wants: list[Clause] = field(default_factory=list)
    asked: list[Clause] = field(default_factory=list)
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.members)

    def records(self, order: str, start: int, stop: int) -> list[bytes]:
        """Return the records from one place to another, in an order: relevance, name, newest, or a grouped one.

        Raises ValueError or OSError when a file is damaged.
        """
        return [self.snapshot.record(ordinal) for ordinal in self.ordinals(order, start, stop)]

    def every(self, order: str) -> Iterator[bytes]:
        """Yield all records found, in an order, each read when it is its turn. Raises as `records` does."""
        if order == "relevance":
            yield from map(self.snapshot.record, self.ordinals(order, 0, self.total))
        elif order == "name":
            for start in range(0, self.total, MANY):
                yield from map(self.snapshot.record, self.ordinals(order, start, start + MANY))
        else:
            yield from map(self.snapshot.record, self.snapshot.all_by_group(order, self.members))

    def ordinals(self, order: str, start: int, stop: int) -> list[int]:
        """Return the ordinals from one place to another, in an order."""
        if order == "relevance":
            return self._by_relevance(start, stop)
        if order in ("name", "newest"):
            by = self.snapshot.by_name if order == "name" else self.snapshot.by_newest
            return by(self.members, start, stop)
        return self.snapshot.by_group(order, self.members, start, stop)

    def _by_relevance(self, start: int, stop: int) -> list[int]:
        snapshot = self.snapshot
        if all(want.excluded for want in self.wants):
            return snapshot.by_slug(self.members, start, stop)
        scores = relevance(snapshot, self.members, self.wants)
        return ranked(snapshot, self.members, scores, start, stop)


def search_index(snapshot: Snapshot, query: str, chosen: dict[str, tuple[str, ...]]) -> IndexResult:
    """Return what has all that is wanted and one of the chosen values of each facet. Never raises.

    Each facet of `chosen` is counted, also where no entry has a value of it.
    """
    understood = relax(snapshot, query) if query else RelaxedQuery(snapshot.all, [], [])
    sets = {name: union(snapshot.facet(name, value) for value in values) for name, values in chosen.items() if values}
    members = intersection(understood.members, sets.values())
    counts = {
        name: (count_values(snapshot, name, intersection(understood.members, leave_out(sets, name))))
        for name in {**snapshot.facets, **chosen}
    }
    return IndexResult(
        snapshot, members, counts, understood.wants, understood.asked, chosen, understood.dropped, understood.corrected
    )


def leave_out(sets: dict[str, BitMap], name: str) -> list[BitMap]:
    return [members for other, members in sets.items() if other != name]


def count_values(snapshot: Snapshot, name: str, among: BitMap) -> dict[str, int]:
    """Return how many of these entries have each value of a facet; values that none has are left out."""
    if among is snapshot.all:
        return snapshot.facet_totals.get(name, {})
    counts = {
        value: among.intersection_cardinality(members) for value, members in snapshot.facets.get(name, {}).items()
    }
    return {value: number for value, number in counts.items() if number}
