"""A build on disk: sets of entries as roaring bitmaps, and the orders in which entries are listed.

An entry's *ordinal* is its place by name; sets hold ordinals, so the twenty entries of any page are read straight
from a set. A build is written once and never changed; what changed since stands in memory (see snapshot.py).
"""

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from pyroaring import BitMap

from .analysis import folded_words, stem
from .entries import Entry
from .records import Records, Writer
from .sums import check, sums

# A word is kept as a set when at least one entry in this many has it; for rarer ones the engine is asked.
RARE = 500


class Builder:
    """Takes entries one by one, in any order, and writes the build."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.records = directory, Writer(directory)
        self.pks = array("Q")
        self.sort_keys: list[bytes] = []
        self.slugs: list[bytes] = []
        self.sets: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self.surfaces: dict[str, str] = {}
        self.printed: set[str] = set()

    def add(self, entry: Entry) -> list[list[str]]:
        """Take an entry; return the analysed words of its texts, for the engine."""
        analysed = [self._analyse(text) for text in entry.texts]
        self._note(entry, {word for words in analysed for word in words})
        return analysed

    def _analyse(self, text: str) -> list[str]:
        printed = folded_words(text)
        for form in set(printed) - self.printed:
            self.printed.add(form)
            self.surfaces.setdefault(stem(form), form)
        return list(map(stem, printed))

    def _note(self, entry: Entry, words: Iterable[str]) -> None:
        place = len(self.pks)
        self.pks.append(entry.pk)
        self.sort_keys.append(entry.sort_key)
        self.slugs.append(entry.slug.encode())
        self.records.add(entry.record)
        for name in (*names(entry), *(f"word/{word}" for word in words)):
            self.sets[name].append(place)

    def close(self) -> None:
        """Close what is open."""
        self.records.close()

    def write(self, meta: dict[str, Any]) -> None:
        """Write all files; the last is meta.json, so a build without it is no build."""
        directory, count = self.directory, len(self.pks)
        order = np.array(sorted(range(count), key=self.sort_keys.__getitem__), dtype=np.uint32)
        ordinals = inverse(order)
        by_slug = ordinals[np.array(sorted(range(count), key=self.slugs.__getitem__), dtype=np.uint32)]
        pks = np.array(self.pks, dtype=np.uint64)[order]
        by_pk = np.argsort(pks, kind="stable").astype(np.uint32)
        np.save(directory / "pks.npy", pks)
        np.save(directory / "by_pk.npy", by_pk)
        np.save(directory / "sorted_pks.npy", pks[by_pk])
        np.save(directory / "by_slug.npy", by_slug)
        np.save(directory / "slug_rank.npy", inverse(by_slug))
        self.records.write(directory, order)
        self._write_keys(directory, order)
        (directory / "sets.json").write_text(json.dumps(self._write_sets(directory, ordinals)))
        (directory / "surfaces.json").write_text(json.dumps(self.surfaces))
        (directory / "meta.json").write_text(json.dumps(meta | {"count": count, "sums": sums(directory)}))

    def _write_keys(self, directory: Path, order: Any) -> None:
        keys = [self.sort_keys[i] for i in order]
        (directory / "keys.bin").write_bytes(b"".join(keys))
        np.save(directory / "keys.npy", np.cumsum([0, *map(len, keys)], dtype=np.uint64))

    def _write_sets(self, directory: Path, ordinals: Any) -> dict[str, tuple[int, int]]:
        places, offset, least = {}, 0, len(self.pks) // RARE
        with (directory / "sets.bin").open("wb") as file:
            for name, members in self.sets.items():
                if name.startswith("word/") and len(members) < least:
                    continue
                data = BitMap(ordinals[np.frombuffer(members, dtype=np.uint32)]).serialize()
                places[name] = (offset, file.write(data))
                offset += len(data)
        return places


def names(entry: Entry) -> list[str]:
    """Return the names of the sets that an entry belongs to, those of its words left out."""
    facets = [f"facet/{name}/{value}" for name, values in entry.facets.items() for value in values]
    groups = [f"group/{name}/{value or ''}" for name, value in entry.groups.items()]
    return [*facets, *groups, *(f"shared/{key}" for key in entry.shared)]


def inverse(order: Any) -> Any:
    """Return for each element of a permutation its place in it."""
    places = np.empty(len(order), dtype=np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    return places


class Build:
    """A build as it is read: large files are mapped, not loaded. Raises ValueError or OSError when it is damaged."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.meta: dict[str, Any] = json.loads((directory / "meta.json").read_text())
        check(directory, self.meta["sums"])
        self.count: int = self.meta["count"]
        self.places: dict[str, tuple[int, int]] = json.loads((directory / "sets.json").read_text())
        self.pks = self._load("pks.npy")
        self.by_pk = self._load("by_pk.npy")
        self.sorted_pks = self._load("sorted_pks.npy")
        self.slug_rank = self._load("slug_rank.npy")
        self.by_slug = self._load("by_slug.npy")
        self._offsets = self._load("keys.npy")
        self._keys = self._map("keys.bin")
        self._sets = self._map("sets.bin")
        self.records = Records(self._load("records.npy"), self._map("records.bin"))
        if len(self.pks) != self.count or len(self._offsets) != self.count + 1:
            raise ValueError(f"{directory} is damaged: its files do not belong together.")

    def _load(self, name: str) -> Any:
        path = self.directory / name
        return np.load(path, mmap_mode="r" if path.stat().st_size > 1_000_000 else None)

    def _map(self, name: str) -> Any:
        path = self.directory / name
        return np.memmap(path, mode="r") if path.stat().st_size else np.empty(0, dtype=np.uint8)

    def set(self, name: str) -> BitMap:
        """Return a set by its name; empty when the build has none of that name."""
        if name not in self.places:
            return BitMap()
        offset, length = self.places[name]
        return BitMap.deserialize(self._sets[offset : offset + length].tobytes())

    def sets(self, kind: str) -> dict[str, BitMap]:
        """Return all sets of a kind (facet, group, shared) by name."""
        return {name: self.set(name) for name in self.places if name.startswith(f"{kind}/")}

    @cached_property
    def surfaces(self) -> dict[str, str]:
        """For each stem a word as it is printed somewhere; loaded on first use."""
        found: dict[str, str] = json.loads((self.directory / "surfaces.json").read_text())
        return found

    def ordinals_of(self, pks: list[int]) -> list[int]:
        """Return the ordinal of each of these keys; -1 where the build lacks it."""
        found: list[int] = self._places(np.array(pks, dtype=np.uint64)).tolist()
        return found

    def ordinals(self, pks: list[int]) -> BitMap:
        """Return the ordinals of entries by their keys; keys that the build lacks are left out."""
        found = self._places(np.array(pks, dtype=np.uint64))
        return BitMap(found[found >= 0].astype(np.uint32))

    def _places(self, pks: Any) -> Any:
        if not self.count:
            return np.full(len(pks), -1, dtype=np.int64)
        places = np.searchsorted(self.sorted_pks, pks).clip(max=self.count - 1)
        return np.where(self.sorted_pks[places] == pks, self.by_pk[places].astype(np.int64), -1)

    def ordinal_of(self, slug: str) -> int | None:
        """Return the ordinal of the entry with this slug; None when there is none."""
        place = self.place_by_slug(slug)
        ordinal = int(self.by_slug[place]) if place < self.count else None
        return ordinal if ordinal is not None and self._slug(ordinal) == slug.encode() else None

    def sort_key(self, ordinal: int) -> bytes:
        return bytes(self._keys[int(self._offsets[ordinal]) : int(self._offsets[ordinal + 1])])

    def place_by_name(self, sort_key: bytes) -> int:
        """How many entries come before this one by name."""
        return self._bisect(self.sort_key, sort_key)

    def place_by_slug(self, slug: str) -> int:
        """How many entries come before this one by slug."""
        return self._bisect(lambda i: self._slug(int(self.by_slug[i])), slug.encode())

    def _slug(self, ordinal: int) -> bytes:
        return self.sort_key(ordinal).partition(b"\0")[2]

    def _bisect(self, key: Callable[[int], bytes], wanted: bytes) -> int:
        return bisect_left(range(self.count), wanted, key=key)
