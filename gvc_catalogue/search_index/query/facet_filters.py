"""Facet filters: the values that a query chooses and excludes in each facet, and the facet counts under them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot

from .matching import intersection, union

if TYPE_CHECKING:
    from typing import Self

Values = Mapping[str, tuple[str, ...]]
Counts = dict[str, int]


@dataclass(frozen=True)
class FacetFilter:
    """Filter by one facet: entries with any of `chosen`, or with all of them if `every`, and with none of `excluded`.

    Without a chosen value all entries pass that have none of the excluded ones.
    """

    snapshot: Snapshot
    name: str
    chosen: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    every: bool = False

    @classmethod
    def of(cls, snapshot: Snapshot, chosen: Values, excluded: Values, every: Collection[str]) -> list[Self]:
        """Return the filters of a query, one for each facet with a chosen or excluded value."""
        names = [name for name in {**chosen, **excluded} if chosen.get(name) or excluded.get(name)]
        return [cls(snapshot, name, chosen.get(name, ()), excluded.get(name, ()), name in every) for name in names]

    def apply(self, members: BitMap) -> BitMap:
        """Return the members that pass. Exclusion costs one set difference."""
        passed = self._with_chosen(members)
        return passed - self._without if self.excluded else passed

    def counts(self, members: BitMap) -> Counts:
        """Return the facet's own counts among `members`, the entries that pass all other filters.

        A number is that of the list in which a value is chosen alone. With `every` it is that of the list to which the
        value is added: all chosen values count, and the excluded ones but the value itself.
        """
        if not self.every:
            return count_values(self.snapshot, self.name, members)
        return count_values(self.snapshot, self.name, self.apply(members)) | self._counts_of_excluded(members)

    def _counts_of_excluded(self, members: BitMap) -> Counts:
        counts = {}
        for value in self.excluded:
            others = tuple(other for other in self.excluded if other != value)
            added = FacetFilter(self.snapshot, self.name, (*self.chosen, value), others, every=True)
            counts[value] = len(added.apply(members))
        return {value: number for value, number in counts.items() if number}

    def _with_chosen(self, members: BitMap) -> BitMap:
        if not self.chosen:
            return members
        sets = self._sets(self.chosen)
        return intersection(members, sets if self.every else [union(sets)])

    @cached_property
    def _without(self) -> BitMap:
        return union(self._sets(self.excluded))

    def _sets(self, values: Iterable[str]) -> list[BitMap]:
        return [self.snapshot.facet(self.name, value) for value in values]


def filtered(members: BitMap, filters: Iterable[FacetFilter]) -> BitMap:
    """Return the members that pass all filters; the object `members` itself when there is none."""
    for one in filters:
        members = one.apply(members)
    return members


def facet_counts(
    snapshot: Snapshot, names: Iterable[str], matching: BitMap, filters: list[FacetFilter], members: BitMap
) -> dict[str, Counts]:
    """Return the counts of the facets `names`, each under the filters of all other facets.

    `matching` are the entries that match the words of a query, `members` those of them that pass all filters.
    """
    by_name = {one.name: one for one in filters}

    def counts(name: str) -> Counts:
        if name not in by_name:
            return count_values(snapshot, name, members)
        return by_name[name].counts(filtered(matching, (one for one in filters if one.name != name)))

    return {name: counts(name) for name in names}


def count_values(snapshot: Snapshot, name: str, among: BitMap) -> Counts:
    """Return the facet counts: the number of these entries with each value; values without an entry are left out."""
    if among is snapshot.all:
        return snapshot.facet_totals.get(name, {})
    counts = {
        value: among.intersection_cardinality(members) for value, members in snapshot.facets.get(name, {}).items()
    }
    return {value: number for value, number in counts.items() if number}
