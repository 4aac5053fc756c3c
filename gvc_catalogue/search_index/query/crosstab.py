"""Cross tabulation: the number of entries in each pair of a set and a facet value, in one pass for each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.search_index.storage.store import Build

Table = dict[str, dict[str, int]]
Sets = Mapping[str, BitMap]


def cross_tabulate(snapshot: Snapshot, rows: Sets, columns: str, further: Sets = MappingProxyType({})) -> Table:
    """Return the cross tabulation of sets of entries by a facet: row → column value → number of entries.

    `rows` are the entries to be counted in each row, by its name. The columns are the values of the facet `columns`,
    and the sets of `further` by their names. Pairs without an entry are left out.
    """
    values, newest = Values.of(snapshot.build, columns), newer_entries(snapshot)
    found = {}
    for row, members in rows.items():
        counts = added(values.counts(members), newer(snapshot, members & newest, columns))
        counts |= {
            name: number for name, those in further.items() if (number := members.intersection_cardinality(those))
        }
        if counts:
            found[row] = counts
    return found


def entries_by_value(snapshot: Snapshot, members: BitMap, facet: str) -> dict[str, BitMap]:
    """Return for each value of a facet those of the members that have it; values that no entry has are left out."""
    return {value: members & having for value, having in snapshot.facets.get(facet, {}).items()}


@dataclass(frozen=True)
class Values:
    """The values of a facet for each entry of a build, each as its code, an index into `names`.

    `first` is for each entry the code of its first value, `len(names)` for none. `codes[starts[n] + k]` is value k of
    entry n (compressed sparse rows), `having[k]` are the entries with more than k values.
    """

    names: list[str]
    first: Any
    starts: Any
    codes: Any
    having: list[BitMap]

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
        sets = [np.frombuffer(build.set(prefix + name).to_array(), dtype=np.uint32) for name in names]
        entries = np.concatenate([np.empty(0, dtype=np.uint32), *sets])
        codes = np.repeat(np.arange(len(names), dtype=np.uint16), [len(ordinals) for ordinals in sets])
        codes = codes[np.argsort(entries, kind="stable")]
        numbers = np.bincount(entries, minlength=build.count)
        starts = (numbers.cumsum() - numbers).astype(np.uint32)
        first = np.full(build.count, len(names), dtype=np.uint16)
        first[numbers > 0] = codes[starts[numbers > 0]]
        most = int(numbers.max(initial=0))
        having = [BitMap(np.flatnonzero(numbers > k).astype(np.uint32)) for k in range(most)]
        return cls(names, first, starts, codes, having)

    def counts(self, members: BitMap) -> dict[str, int]:
        """Return the number of these entries with each value, no zeros; entries newer than the build are skipped.

        The first values of all entries are counted, then the second ones of those that have two, and so on.
        """
        found = np.zeros(len(self.names) + 1, dtype=np.int64)
        for k, having in enumerate(self.having):
            ordinals = np.frombuffer((members & having).to_array(), dtype=np.uint32)
            if not len(ordinals):
                break
            # `take` is twice as fast as an index, and `first` saves the look-up of the start for most entries.
            codes = self.codes.take(self.starts.take(ordinals) + k) if k else self.first.take(ordinals)
            found += np.bincount(codes, minlength=len(found))
        return {name: number for name, number in zip(self.names, found.tolist(), strict=False) if number}


MADE: WeakKeyDictionary[Build, dict[str, Values]] = WeakKeyDictionary()


def newer_entries(snapshot: Snapshot) -> BitMap:
    """Return the entries written since the build (the delta), removed ones included."""
    return BitMap(range(snapshot.build.count, snapshot.build.count + len(snapshot.delta.entries)))


def newer(snapshot: Snapshot, members: BitMap, facet: str) -> dict[str, int]:
    """Return the number of these entries of the delta with each value."""
    found: dict[str, int] = {}
    for ordinal in members:
        for value in snapshot.delta.entries[ordinal - snapshot.build.count].facets[facet]:
            found[value] = found.get(value, 0) + 1
    return found


def added(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    """Return the sums of two counts, value by value."""
    return {value: counts.get(value, 0) + more.get(value, 0) for value in {**counts, **more}}
