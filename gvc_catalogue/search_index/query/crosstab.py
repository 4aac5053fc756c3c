"""Cross tabulation of two facets: the number of entries with each pair of values, in one pass for each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.search_index.storage.store import Build

Table = dict[str, dict[str, int]]


def cross_tabulate(snapshot: Snapshot, members: BitMap, rows: str, columns: str) -> Table:
    """Return the cross tabulation of two facets among these entries: row value → column value → number of entries.

    Pairs of values without an entry are left out.
    """
    values = Values.of(snapshot.build, columns)
    return {
        row: counts
        for row, having in snapshot.facets.get(rows, {}).items()
        if (counts := added(values.counts(members & having), newer(snapshot, members & having, columns)))
    }


@dataclass(frozen=True)
class Values:
    """The values of a facet for each entry of a build, as compressed sparse rows.

    The codes of entry n are `codes[starts[n]:starts[n + 1]]`; a code is an index into `names`.
    """

    names: list[str]
    starts: Any
    codes: Any

    @classmethod
    def of(cls, build: Build, facet: str) -> Values:
        """Return the values of a facet; computed on first use, and cached for as long as the build exists."""
        made = MADE.setdefault(build, {})
        if facet not in made:
            made[facet] = cls.read(build, facet)
        return made[facet]

    @classmethod
    def read(cls, build: Build, facet: str) -> Values:
        """Return the values of a facet, computed from the sets of the build."""
        prefix = f"facet/{facet}/"
        names = [name.removeprefix(prefix) for name in build.places if name.startswith(prefix)]
        having = [np.frombuffer(build.set(prefix + name).to_array(), dtype=np.uint32) for name in names]
        entries = np.concatenate([np.empty(0, dtype=np.uint32), *having])
        codes = np.repeat(np.arange(len(names), dtype=np.uint16), [len(ordinals) for ordinals in having])
        starts = np.zeros(build.count + 1, dtype=np.int64)
        np.cumsum(np.bincount(entries, minlength=build.count), out=starts[1:])
        return cls(names, starts, codes[np.argsort(entries, kind="stable")])

    def counts(self, members: BitMap) -> dict[str, int]:
        """Return the number of these entries with each value, no zeros; entries newer than the build are skipped."""
        ordinals = np.frombuffer(members.to_array(), dtype=np.uint32)
        ordinals = ordinals[ordinals < len(self.starts) - 1]
        starts, numbers = self.starts[ordinals], self.starts[ordinals + 1] - self.starts[ordinals]
        # Indices into `codes` of the values of all these entries, entry by entry.
        places = np.arange(numbers.sum()) + np.repeat(starts - numbers.cumsum() + numbers, numbers)
        found = np.bincount(self.codes[places], minlength=len(self.names)).tolist()
        return {name: number for name, number in zip(self.names, found, strict=True) if number}


MADE: WeakKeyDictionary[Build, dict[str, Values]] = WeakKeyDictionary()


def newer(snapshot: Snapshot, members: BitMap, facet: str) -> dict[str, int]:
    """Return the number of these entries with each value, among those written since the build (the delta)."""
    found: dict[str, int] = {}
    for ordinal in members & BitMap(range(snapshot.build.count, snapshot.build.count + len(snapshot.delta.entries))):
        for value in snapshot.delta.entries[ordinal - snapshot.build.count].facets[facet]:
            found[value] = found.get(value, 0) + 1
    return found


def added(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    """Return the sums of two counts, value by value."""
    return {value: counts.get(value, 0) + more.get(value, 0) for value in {**counts, **more}}
