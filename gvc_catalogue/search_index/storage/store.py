"""On-disk format of a build: sets of entries as roaring bitmaps, and the sort orders in which entries are listed.

The *ordinal* of an entry is its position in the order of names. Sets contain ordinals, so the twenty entries of a page
are read directly from a set. A build is written once and never changed; later changes are kept in memory (see
snapshot.py).
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.documents import Document
from gvc_catalogue.search_index.errors import reading_index

from . import postings
from .checksums import check_build, checksums, immutable_files, verified_json, with_checksum
from .immutable_files import make_read_only, replace
from .memory import MemoryFile, MemoryFolder
from .postings import Postings
from .postings_builder import WORD, PostingsBuilder
from .records import Records, Writer

Folder = Path | MemoryFolder


class Indexed(NamedTuple):
    """An entry in the form for the engine: its key, and its texts as analysed words separated by spaces."""

    pk: int
    texts: list[str]


class Builder:
    """Writer of a build: takes entries one at a time, in any order, then writes the files."""

    def __init__(self, directory: Folder) -> None:
        self.directory, self.records = directory, Writer(directory)
        self.pks = array("Q")
        self.sort_keys: list[bytes] = []
        self.gathering = PostingsBuilder()

    def add(self, entry: Document) -> Indexed:
        """Add an entry; return it in the form for the engine."""
        self.pks.append(entry.pk)
        self.sort_keys.append(entry.sort_key)
        self.records.add(entry.record)
        return Indexed(entry.pk, self.gathering.add(entry.sets, entry.texts))

    def close(self) -> None:
        """Close the record file."""
        self.records.close()

    def write(self) -> None:
        """Write all files except meta.json."""
        directory, count = self.directory, len(self.pks)
        order = np.array(sorted(range(count), key=self.sort_keys.__getitem__), dtype=np.uint32)
        keys = [self.sort_keys[i] for i in order.tolist()]
        slugs = [slug_of(key) for key in keys]
        by_slug = np.array(sorted(range(count), key=slugs.__getitem__), dtype=np.uint32)
        pks = np.array(self.pks, dtype=np.uint64)[order]
        by_pk = np.argsort(pks, kind="stable").astype(np.uint32)
        np.save(directory / "pks.npy", pks)
        np.save(directory / "by_pk.npy", by_pk)
        np.save(directory / "sorted_pks.npy", pks[by_pk])
        np.save(directory / "by_slug.npy", by_slug)
        np.save(directory / "slug_rank.npy", inverse(by_slug))
        (directory / "keys.bin").write_bytes(b"".join(keys))
        np.save(directory / "keys.npy", np.cumsum([0, *map(len, keys)], dtype=np.uint64))
        self.records.write(directory, order)
        (directory / "sets.json").write_text(json.dumps(self._write_sets(directory, order), sort_keys=True))
        (directory / "forms.json").write_text(json.dumps(sorted(self.gathering.forms)))

    def _write_sets(self, directory: Folder, order: Any) -> dict[str, tuple[int, int]]:
        places, offset, words = {}, 0, []
        with (directory / "sets.bin").open("wb") as file:
            for name, posting in self.gathering.sets(order):
                if name.startswith(WORD):
                    words.append((name.removeprefix(WORD), posting))
                    continue
                places[name] = (offset, file.write(posting.members.serialize()))
                offset += places[name][1]
        postings.write(directory, words)
        return places


def seal(directory: Path, meta: dict[str, Any]) -> None:
    """Make all files read-only and write meta.json with their checksums last: a build without meta.json is not used."""
    make_read_only(directory / name for name in immutable_files(directory))
    replace(directory / "meta.json", with_checksum(meta | {"sums": checksums(directory)}))


def verified(directory: Path) -> dict[str, Any]:
    """Return meta.json of a build. Raises ValueError or OSError when a file is missing or damaged."""
    meta = verified_json(directory / "meta.json")
    check_build(directory, meta["sums"])
    return meta


def slug_of(sort_key: bytes) -> bytes:
    return sort_key.rpartition(b"\0")[2]


def inverse(order: Any) -> Any:
    """Return the inverse of a permutation: the position of each element in it."""
    places = np.empty(len(order), dtype=np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    return places


class Build:
    """A build opened for reading: large files are memory-mapped. Raises ValueError or OSError when it is damaged."""

    def __init__(self, directory: Folder, meta: dict[str, Any] | None = None) -> None:
        """Open a build. On disk, meta.json is read and all checksums are verified; in memory, `meta` is given."""
        self.directory = directory
        self.meta = meta or verified(Path(str(directory)))
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
        self.postings = Postings(
            *map(self._map, ("words.bin", "postings.bin")), *map(self._load, ("words.npy", "postings.npy"))
        )
        self.records = Records(self._load("records.npy"), self._map("records.bin"))
        if len(self.pks) != self.count or len(self._offsets) != self.count + 1:
            raise ValueError(f"{directory} is damaged: its files do not belong together.")

    def _load(self, name: str) -> Any:
        file = self.directory / name
        if isinstance(file, MemoryFile):
            return np.load(BytesIO(file.getvalue()))
        return np.load(file, mmap_mode="r" if file.stat().st_size > 1_000_000 else None)

    def _map(self, name: str) -> Any:
        file = self.directory / name
        if isinstance(file, MemoryFile):
            return np.frombuffer(file.getvalue(), dtype=np.uint8)
        return np.memmap(file, mode="r") if file.stat().st_size else np.empty(0, dtype=np.uint8)

    def set(self, name: str) -> BitMap:
        """Return a set of ordinals by its name; empty when the build has none of that name."""
        if name not in self.places:
            return BitMap()
        offset, length = self.places[name]
        with reading_index():
            return BitMap.deserialize(self._sets[offset : offset + length].tobytes())

    def sets(self, kind: str) -> dict[str, BitMap]:
        """Return all sets of a kind (facet, group, shared) by their full names."""
        return {name: self.set(name) for name in self.places if name.startswith(f"{kind}/")}

    @cached_property
    def forms(self) -> dict[tuple[str, int], list[str]]:
        """Every surface form (word as printed, folded) by its first letter and its length; loaded on first use."""
        with reading_index():
            forms: list[str] = json.loads((self.directory / "forms.json").read_text())
        found: dict[tuple[str, int], list[str]] = {}
        for form in forms:
            found.setdefault((form[0], len(form)), []).append(form)
        return found

    def ordinals_of(self, pks: list[int]) -> list[int]:
        """Return the ordinal for each of these primary keys, in the same order; -1 for a key not in the build."""
        found: list[int] = self._places(np.array(pks, dtype=np.uint64)).tolist()
        return found

    def ordinals(self, pks: list[int]) -> BitMap:
        """Return the set of ordinals for primary keys; keys that are not in the build are skipped."""
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

    def with_key_prefix(self, start: bytes) -> list[int]:
        """Prefix search: return the ordinals of the entries with this prefix in their sort key, in ascending order."""
        candidates = range(self.place_by_name(start), self.count)
        return list(takewhile(lambda ordinal: self.sort_key(ordinal).startswith(start), candidates))

    def place_by_name(self, sort_key: bytes) -> int:
        """Return the number of entries with a smaller sort key (binary search)."""
        return self._bisect(self.sort_key, sort_key)

    def place_by_slug(self, slug: str) -> int:
        """Return the number of entries with a smaller slug (binary search)."""
        return self._bisect(lambda i: self._slug(int(self.by_slug[i])), slug.encode())

    def _slug(self, ordinal: int) -> bytes:
        return slug_of(self.sort_key(ordinal))

    def _bisect(self, key: Callable[[int], bytes], wanted: bytes) -> int:
        return bisect_left(range(self.count), wanted, key=key)
