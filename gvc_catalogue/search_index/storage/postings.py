"""Posting lists with BM25 impacts: for each word of a build, the entries that contain it and its score in each.

An impact depends on its entry alone: on the frequency of the word and on the length of the entry, compared with a fixed
length instead of the average one. So it does not change when other entries are added or deleted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.errors import reading_index

from .memory import MemoryFolder

# The weight of a word in the first text, the name; a word in another text has weight 1.
NAME_COUNTS = 3
# BM25 parameters: term frequency saturation (k1), length normalisation (b), and the fixed average length in words.
SATURATION, LENGTH_COUNTS, AVERAGE = 1.2, 0.75, 60
HIGHEST = 255
# Prefix of a word indexed in its printed form instead of as a stem; it has no impacts.
PRINTED = "="


class Posting(NamedTuple):
    """Posting list of a word: the entries that contain it, and the impact in each, in the order of their ordinals."""

    members: BitMap
    impacts: Any


def impacts(frequencies: Any, lengths: Any) -> Any:
    """Return the BM25 impacts, integers from 1 to 255, for arrays of term frequencies and of entry lengths in words."""
    norms = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * lengths / AVERAGE)
    return np.rint(HIGHEST * frequencies / (frequencies + norms)).clip(1, HIGHEST).astype(np.uint8)


def impacts_of(texts: Iterable[str]) -> dict[str, int]:
    """Return the impact of each word of one entry; the first of `texts` is the name."""
    name, *others = map(analyse, texts or [""])
    counts = Counter(name * NAME_COUNTS + [word for words in others for word in words])
    found = impacts(np.fromiter(counts.values(), dtype=np.int64), counts.total())
    return dict(zip(counts, found.tolist(), strict=True))


def write(directory: Path | MemoryFolder, found: Iterable[tuple[str, Posting]]) -> None:
    """Write all posting lists, given in any order, to four files of the directory."""
    words, places, offset = [], [], 0
    with (directory / "postings.bin").open("wb") as file:
        for word, (members, impacts) in found:
            between = offset + file.write(members.serialize())
            end = between + file.write(impacts)
            words.append(word.encode())
            places.append((offset, between, end))
            offset = end
    order = sorted(range(len(words)), key=words.__getitem__)
    np.save(directory / "postings.npy", np.array(places, dtype=np.int64).reshape(-1, 3)[order])
    in_order = [words[i] for i in order]
    (directory / "words.bin").write_bytes(b"".join(in_order))
    np.save(directory / "words.npy", np.cumsum([0, *map(len, in_order)], dtype=np.int64))


class Postings:
    """The posting lists of a build, memory-mapped; words are sorted by their UTF-8 bytes."""

    def __init__(self, words: Any, data: Any, ends: Any, places: Any) -> None:
        self._words, self._data = memoryview(words), memoryview(data)
        self._ends, self._places = ends, places
        # LRU cache: each word is looked up several times in a request.
        self._place_of = lru_cache(maxsize=10_000)(self._looked_up)
        if len(ends) != len(places) + 1:
            raise ValueError("Words and posting lists do not belong together.")

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, word: str) -> Posting | None:
        """Return the posting list of a word; None when no entry contains it."""
        place = self._place_of(word)
        if place is None:
            return None
        start, between, end = self._places[place].tolist()
        with reading_index():
            impacts = np.frombuffer(self._data[between:end], dtype=np.uint8)
            return Posting(BitMap.deserialize(self._data[start:between].tobytes()), impacts)

    def frequency(self, word: str) -> int:
        """Return the document frequency of a word: the number of entries that contain it."""
        place = self._place_of(word)
        return 0 if place is None else int(self._places[place, 2] - self._places[place, 1])

    def word(self, place: int) -> str:
        """Return the word at a position in the sorted list of words."""
        with reading_index():
            return self._word(place).decode()

    def beginning(self, prefix: str) -> tuple[int, Any]:
        """Return the position of the first word with a prefix, and the document frequencies of all such words.

        A prefix search. The frequencies are an array in the order of the words.
        """
        first, last = self._place(prefix.encode()), self._place(prefix.encode() + b"\xff")
        return first, np.diff(self._places[first:last, 1:])[:, 0]

    def _looked_up(self, word: str) -> int | None:
        place = self._place(word.encode())
        return place if place < len(self) and self._word(place) == word.encode() else None

    def _place(self, word: bytes) -> int:
        return bisect_left(range(len(self)), word, key=self._word)

    def _word(self, place: int) -> bytes:
        return self._words[int(self._ends[place]) : int(self._ends[place + 1])].tobytes()
