"""Immutable snapshot of the index at one revision: a build on disk, and a delta of later changes in memory.

Counting, pagination and ranking are operations on sets and arrays; the engine is used for phrase queries. A snapshot
never changes: later changes give a new one. Its results depend on the entries that exist, never on their history.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from pyroaring import BitMap

from .analysis import folded_words, stem
from .documents import Document, SharedTexts
from .query.parser import Lexicon
from .storage.postings import PRINTED, impacts_of
from .storage.store import Build
from .storage.tantivy_engine import Engine


@dataclass(frozen=True)
class Delta:
    """Delta of a build: entries written since. Their ordinals follow those of the build, in the order of writing.

    `deleted` are the ordinals of removed or replaced entries, of the build and of the delta.
    """

    first: int = 0
    entries: tuple[Document, ...] = ()
    deleted: BitMap = field(default_factory=BitMap)
    # For each entry of the delta the impact of each word.
    impacts: tuple[dict[str, int], ...] = ()

    @cached_property
    def postings(self) -> dict[str, dict[int, int]]:
        """Posting lists of the delta: for each word the impact by ordinal of the entry, removed entries included."""
        found: dict[str, dict[int, int]] = {}
        for ordinal, words in enumerate(self.impacts, start=self.first):
            for word, impact in words.items():
                found.setdefault(word, {})[ordinal] = impact
        return found


@dataclass(frozen=True)
class Snapshot:
    """Snapshot of the index; `sets` are those of facets, groups and shared texts, at `revision`."""

    build: Build
    engine: Engine
    shared: SharedTexts
    revision: int
    sets: dict[str, BitMap]
    delta: Delta = field(default_factory=Delta)
    # Cache of result sets, by clause or phrase (see query/matching.py).
    kept: dict[Any, BitMap] = field(default_factory=dict)

    @classmethod
    def of(cls, build: Build, engine: Engine, shared: SharedTexts, revision: int) -> Snapshot:
        """Return the snapshot of a build without a delta."""
        sets = {**build.sets("facet"), **build.sets("group"), **build.sets("shared")}
        return cls(build, engine, shared, revision, sets)

    def with_changes(
        self, keys: Iterable[int], entries: list[Document], shared: SharedTexts, revision: int
    ) -> Snapshot:
        """Return a new snapshot in which the entries with these keys are removed and `entries` are added."""
        gone = self.ordinals(list(keys))
        first = self.build.count + len(self.delta.entries)
        # There may be thousands of sets: most are unchanged and are not copied.
        sets = self.sets | {name: members - gone for name, members in self.sets.items() if members.intersect(gone)}
        for ordinal, entry in enumerate(entries, start=first):
            for name in entry.sets:
                sets[name] = sets.get(name, BitMap()) | BitMap([ordinal])
        impacts = (impacts_of(entry.texts) for entry in entries)
        newer = Delta(
            self.build.count,
            (*self.delta.entries, *entries),
            self.delta.deleted | gone,
            (*self.delta.impacts, *impacts),
        )
        return Snapshot(self.build, self.engine, shared, revision, sets, newer)

    # ---- Entries and ordinals

    @cached_property
    def all(self) -> BitMap:
        """The ordinals of all entries."""
        return BitMap(range(self.build.count + len(self.delta.entries))) - self.delta.deleted

    @cached_property
    def _newer_ordinals(self) -> dict[int, int]:
        return {entry.pk: o for o, entry in enumerate(self.delta.entries, start=self.build.count)}

    def ordinal(self, pk: int) -> int | None:
        """Return the ordinal of the entry with this primary key; None when there is none."""
        return next(iter(self.in_order([pk])), None)

    def ordinals(self, pks: list[int]) -> BitMap:
        """Return the ordinals of the entries with these primary keys, as a set; missing entries are left out."""
        newer = BitMap(self._newer_ordinals[pk] for pk in pks if pk in self._newer_ordinals)
        return (newer | self.build.ordinals(pks)) - self.delta.deleted

    def pk(self, ordinal: int) -> int:
        if ordinal < self.build.count:
            return int(self.build.pks[ordinal])
        return self.delta.entries[ordinal - self.build.count].pk

    def pks_of(self, ordinals: list[int]) -> list[int]:
        """Return the primary keys of entries, in the order of `ordinals`; vectorised, so fast for many."""
        found = np.array(ordinals, dtype=np.int64)
        old = found < self.build.count
        pks = np.empty(len(found), dtype=np.int64)
        pks[old] = self.build.pks[found[old]]
        pks[~old] = [self.pk(ordinal) for ordinal in found[~old].tolist()]
        listed: list[int] = pks.tolist()
        return listed

    def in_order(self, pks: list[int]) -> list[int]:
        """Return the ordinals of the entries with these primary keys, in this order; missing entries are left out."""
        newer = self._newer_ordinals
        found = [newer.get(pk, old) for pk, old in zip(pks, self.build.ordinals_of(pks), strict=True)]
        return [ordinal for ordinal in found if ordinal >= 0 and ordinal not in self.delta.deleted]

    def of_slug(self, slug: str) -> int | None:
        """Return the ordinal of the entry with this slug; None when there is none."""
        newer = (o for o, entry in enumerate(self.delta.entries, start=self.build.count) if entry.slug == slug)
        ordinals = [*newer, self.build.ordinal_of(slug)]
        return next((o for o in ordinals if o is not None and o not in self.delta.deleted), None)

    def named(self, sort_name: str) -> list[int]:
        """Return the ordinals of the entries with exactly this folded name (exact match)."""
        start = f"{sort_name}\0".encode()
        newer = [o for o, e in enumerate(self.delta.entries, start=self.build.count) if e.sort_name == sort_name]
        found = [*self.build.with_key_prefix(start), *newer]
        return [ordinal for ordinal in found if ordinal not in self.delta.deleted]

    def record(self, ordinal: int) -> bytes:
        """Return the stored record of an entry. Raises ValueError when it is damaged."""
        if ordinal < self.build.count:
            return self.build.records[ordinal]
        return self.delta.entries[ordinal - self.build.count].record

    # ---- Sets

    def facet(self, name: str, value: str) -> BitMap:
        """Return the entries with this value of a facet; empty for an unknown value."""
        return self.sets.get(f"facet/{name}/{value}", BitMap())

    @cached_property
    def facets(self) -> dict[str, dict[str, BitMap]]:
        """For each facet its values, sorted, with the entries that have them; values without an entry are left out."""
        found: dict[str, dict[str, BitMap]] = {}
        for name, members in sorted(self.sets.items()):
            kind, _, rest = name.partition("/")
            if kind == "facet" and members:
                facet, _, value = rest.partition("/")
                found.setdefault(facet, {})[value] = members
        return found

    @cached_property
    def facet_totals(self) -> dict[str, dict[str, int]]:
        """Facet counts without a query: for each facet the number of entries with each value."""
        return {name: {v: len(members) for v, members in values.items()} for name, values in self.facets.items()}

    @property
    def lexicon(self) -> Lexicon:
        return self.shared.lexicon

    def forms_with(self, initial: str, lengths: range) -> list[str]:
        """Return the unstemmed words with this first letter and one of these lengths; a word may be there twice.

        They are the dictionary for spelling correction. Words of removed entries are included (see `is_printed`).
        """
        built = (self.build.forms.get((initial, length), ()) for length in lengths)
        newer = (form for form in (*self._newer_forms, *self.shared.forms) if form.startswith(initial))
        return [*chain.from_iterable(built), *(form for form in newer if len(form) in lengths)]

    def is_printed(self, form: str) -> bool:
        """Return whether an existing entry or a reference document has this unstemmed word.

        A shared text that neither has, such as the name of an organisation without an entry, does not count.
        """
        if form in self._newer_forms:
            return True
        if form in self.shared.forms and any(map(self.is_shared, self.shared_keys((stem(form),)))):
            return True
        postings = self.build.postings
        posting = postings[PRINTED + form] or postings[stem(form)]
        return bool(posting and posting.members - self.delta.deleted)

    @cached_property
    def _newer_forms(self) -> frozenset[str]:
        there = (e for o, e in enumerate(self.delta.entries, start=self.build.count) if o not in self.delta.deleted)
        return frozenset(word for entry in there for text in entry.texts for word in folded_words(text))

    def shared_keys(self, words: tuple[str, ...]) -> list[str]:
        """Return the keys of the shared texts that contain this phrase (words in this order), each once."""
        candidates = self.shared.lines_by_word.get(words[0], ())
        return list(dict.fromkeys(key for key, line in candidates if contains(line, words)))

    def is_shared(self, key: str) -> bool:
        """Return whether an entry or a reference document has the shared text with this key."""
        return key in self.shared.document_texts or bool(self.sets.get(f"shared/{key}"))

    def shared_members(self, keys: Iterable[str]) -> BitMap:
        """Return the entries with any of these shared texts."""
        return BitMap.union(BitMap(), *(self.sets.get(f"shared/{key}", BitMap()) for key in keys))

    # ---- Orders

    def by_name(self, found: BitMap, start: int, stop: int) -> list[int]:
        """Return a page of a set, the ordinals from place `start` up to `stop`, sorted by name, ties by slug."""
        if not self.delta.entries:
            return list(found[start:stop])
        old, placed = self._with_places(found)
        ordinals = []
        for slot in range(start, min(stop, len(found))):
            before = bisect_left(placed, (slot, -1))
            here = before < len(placed) and placed[before][0] == slot
            ordinals.append(placed[before][1] if here else old[slot - before])
        return ordinals

    def _with_places(self, found: BitMap) -> tuple[BitMap, list[tuple[int, int]]]:
        """Return the entries of the build, and for each newer entry its place among all and its ordinal, in order."""
        old = found & BitMap(range(self.build.count))
        newer = sorted((self.delta.entries[o - self.build.count].sort_key, o) for o in found - old)
        placed = []
        for n, (key, ordinal) in enumerate(newer):
            before = self.build.place_by_name(key)
            placed.append(((old.rank(before - 1) if before else 0) + n, ordinal))
        return old, placed

    def by_group(self, name: str, found: BitMap, start: int, stop: int) -> list[int]:
        """Return a page of a set, sorted by the groups of the order `name`, within a group by slug; no group last."""
        ordinals: list[int] = []
        for members in self._groups(name, found):
            if start < len(members):
                ordinals += self.by_slug(members, max(0, start), stop)
            start, stop = start - len(members), stop - len(members)
            if stop <= 0:
                break
        return ordinals

    def all_by_group(self, name: str, found: BitMap) -> Iterator[int]:
        """Yield all ordinals of a set, sorted as in `by_group`."""
        for members in self._groups(name, found):
            yield from self.by_slug(members)

    def _groups(self, name: str, found: BitMap) -> Iterator[BitMap]:
        for group in [*self.shared.orders[name], ""]:
            yield found & self.sets.get(f"group/{name}/{group}", BitMap())

    def by_newest(self, found: BitMap, start: int, stop: int) -> list[int]:
        """Return a page of a set, the ordinals from place `start` up to `stop`, sorted by primary key, descending."""
        ordinals = np.frombuffer(found.to_array(), dtype=np.uint32)
        old = ordinals[ordinals < self.build.count]
        pks = np.concatenate((self.build.pks[old], [self.pk(int(o)) for o in ordinals[len(old) :]]))
        # Partial selection: to find the first of a million entries is faster than to sort all of them.
        first = np.argpartition(-pks, stop - 1)[:stop] if 0 < stop < len(pks) else np.arange(len(pks))
        newest: list[int] = ordinals[first[np.argsort(-pks[first])]][start:stop].tolist()
        return newest

    def slug_places(self, ordinals: Any) -> Any:
        """Return a sort key by slug for each ordinal, an int64 array. The ordinals must be sorted."""
        # Between two entries of the build the keys leave room for all newer entries.
        room = len(self.delta.entries) + 1
        old = ordinals[ordinals < self.build.count]
        newer = [self._newer_places[ordinal] for ordinal in ordinals[len(old) :].tolist()]
        return np.concatenate((self.build.slug_rank[old].astype(np.int64) * room + room - 1, newer)).astype(np.int64)

    @cached_property
    def _newer_places(self) -> dict[int, int]:
        room = len(self.delta.entries) + 1
        newer = sorted((entry.slug, o) for o, entry in enumerate(self.delta.entries, start=self.build.count))
        return {o: self.build.place_by_slug(slug) * room + n for n, (slug, o) in enumerate(newer)}

    def by_slug(self, found: BitMap, start: int = 0, stop: int | None = None) -> list[int]:
        """Return a page of a set, the ordinals from place `start` up to `stop` (None for all), sorted by slug."""
        ordinals = np.frombuffer(found.to_array(), dtype=np.uint32)
        old = ordinals[ordinals < self.build.count]
        ranks = self.build.slug_rank[old]
        order = np.argsort(ranks, kind="stable")
        ranked = old[order]
        newer = sorted((self.delta.entries[o - self.build.count].slug, o) for o in ordinals[len(old) :].tolist())
        if newer:
            before = np.searchsorted(ranks[order], [self.build.place_by_slug(slug) for slug, _ in newer])
            ranked = np.insert(ranked, before, [ordinal for _, ordinal in newer])
        # The list is made from the slice only: there may be a million ordinals.
        shown: list[int] = ranked[start:stop].tolist()
        return shown


def contains(line: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Return whether a line contains a phrase: these words in this order, one directly after the other."""
    if len(words) == 1:
        return words[0] in line
    return any(line[i : i + len(words)] == words for i in range(len(line) - len(words) + 1))
