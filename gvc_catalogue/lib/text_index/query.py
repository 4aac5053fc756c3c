"""A query and chosen values answered by a snapshot: which entries, in what order, and how many have each value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyroaring import BitMap

from .having import intersection, union
from .ranking import ranking
from .snapshot import Snapshot
from .understanding import Understood, understand
from .wanted import Want

# Fewer hits than this are ranked all at once, so that ties are by slug to the letter.
FEW = 2_000
# So many at a time are read of all.
MANY = 10_000


@dataclass(frozen=True)
class Found:
    """What an index answers. `dropped` are words given up, `corrected` words read as others, by what was typed."""

    snapshot: Snapshot
    members: BitMap
    counts: dict[str, dict[str, int]]
    wants: list[Want] = field(default_factory=list)
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.members)

    def keys(self, order: str, start: int, stop: int) -> list[int]:
        """Return the keys of the entries from one place to another, in an order: relevance, name, or a grouped one."""
        if order == "relevance":
            return self._by_relevance(start, stop)
        snapshot = self.snapshot
        by_name = order == "name"
        ordinals = (
            snapshot.by_name(self.members, start, stop)
            if by_name
            else snapshot.by_group(order, self.members, start, stop)
        )
        return [snapshot.pk(ordinal) for ordinal in ordinals]

    def every(self, order: str) -> Iterator[int]:
        """Yield the keys of all entries found, in an order."""
        if order == "relevance":
            yield from self._by_relevance(0, self.total)
        elif order == "name":
            for start in range(0, self.total, MANY):
                yield from self.keys(order, start, start + MANY)
        else:
            yield from map(self.snapshot.pk, self.snapshot.all_by_group(order, self.members))

    def _by_relevance(self, start: int, stop: int) -> list[int]:
        if all(want.excluded for want in self.wants):
            return [self.snapshot.pk(ordinal) for ordinal in self.snapshot.by_slug(self.members)[start:stop]]
        query = ranking(self.snapshot, self.wants, self.chosen)
        if self.total > FEW:
            return [pk for pk, _ in self.snapshot.engine.ranked(query, start, min(stop, self.total))]
        slugs = {self.snapshot.pk(o): n for n, o in enumerate(self.snapshot.by_slug(self.members))}
        # Weights that differ only by rounding are ties.
        hits = [(-round(w, 4), slugs[pk], pk) for pk, w in self.snapshot.engine.ranked(query, 0, FEW) if pk in slugs]
        return [pk for _, _, pk in sorted(hits)][start:stop]


def ask(snapshot: Snapshot, query: str, chosen: dict[str, tuple[str, ...]]) -> Found:
    """Return what has all that is wanted and one of the chosen values of each facet. Never raises.

    Each facet of `chosen` is counted, also where no entry has a value of it.
    """
    understood = understand(snapshot, query) if query else Understood(snapshot.all, [])
    sets = {name: union(snapshot.facet(name, value) for value in values) for name, values in chosen.items() if values}
    members = intersection(understood.members, sets.values())
    counts = {
        name: (count_values(snapshot, name, intersection(understood.members, leave_out(sets, name))))
        for name in {**snapshot.facets, **chosen}
    }
    return Found(snapshot, members, counts, understood.wants, chosen, understood.dropped, understood.corrected)


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
