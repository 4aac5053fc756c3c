"""Which entries belong to which sets: noted as numbers while entries come, made into bitmaps when all are there."""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from pyroaring import BitMap

from .analysis import folded_words, stem

# So many entries at a time become bitmaps: more take more memory, fewer more time.
CHUNK = 50_000
WORD = "word/"


class Numbers(dict[str, int]):
    """A number for each name of a set, in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


class Forms(dict[str, int]):
    """For each word as it is printed, folded, the number of the set of its stem; `stems` has the stem itself."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self.numbers = numbers
        self.stems: dict[str, str] = {}
        # For each stem the form that was printed first.
        self.surfaces: dict[str, str] = {}

    def __missing__(self, form: str) -> int:
        self.stems[form] = found = stem(form)
        self.surfaces.setdefault(found, form)
        self[form] = number = self.numbers[WORD + found]
        return number


class Gathering:
    """Takes entry after entry; then gives the sets."""

    def __init__(self) -> None:
        self.numbers = Numbers()
        self.forms = Forms(self.numbers)
        # The sets of all entries, one entry's after the other's, and where those of each entry end.
        self._noted = array("I")
        self._ends = array("q", [0])

    def add(self, names: Iterable[str], texts: Iterable[str]) -> list[str]:
        """Take an entry: the names of its sets, and its texts; return the analysed words of each text."""
        analysed = []
        for text in texts:
            printed = folded_words(text)
            self._noted.extend(map(self.forms.__getitem__, printed))
            analysed.append(" ".join(map(self.forms.stems.__getitem__, printed)))
        self._noted.extend(map(self.numbers.__getitem__, names))
        self._ends.append(len(self._noted))
        return analysed

    def sets(self, ordinals: Any, least: int) -> Iterator[tuple[str, BitMap]]:
        """Yield each set of the ordinals of its entries, given in the order they came; no words of fewer than `least`.

        The sets come in the order in which they were first named.
        """
        rare = self._rare(least)
        found: dict[int, BitMap] = defaultdict(BitMap)
        # While one thread sorts, others can work.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for members in pool.map(lambda chunk: chunk.members(ordinals, rare), self._chunks()):
                for number, some in members:
                    found[number] |= some
        for name, number in self.numbers.items():
            if number in found and not (name.startswith(WORD) and len(found[number]) < least):
                yield name, found[number]

    def _rare(self, least: int) -> Any:
        """Which sets are of words that stand in the texts fewer times than `least`, so surely in fewer entries."""
        words = np.fromiter((name.startswith(WORD) for name in self.numbers), dtype=bool, count=len(self.numbers))
        times = np.zeros(len(self.numbers), dtype=np.int64)
        for chunk in self._chunks():
            times += np.bincount(chunk.noted, minlength=len(times))
        return words & (times < least)

    def _chunks(self) -> Iterator[Chunk]:
        noted, ends = np.asarray(self._noted), np.asarray(self._ends)
        for start in range(0, len(ends) - 1, CHUNK):
            bounds = ends[start : start + CHUNK + 1]
            yield Chunk(slice(start, start + CHUNK), noted[bounds[0] : bounds[-1]], np.diff(bounds))


class Chunk(NamedTuple):
    """Which entries, the numbers of the sets of all of them, and how many each has."""

    entries: slice
    noted: Any
    lengths: Any

    def members(self, ordinals: Any, rare: Any) -> list[tuple[int, BitMap]]:
        """Return each set that is not rare, by its number."""
        pairs = self.noted.astype(np.uint64) << 32 | np.repeat(ordinals[self.entries], self.lengths)
        pairs = pairs[~rare[self.noted]]
        pairs.sort()
        numbers, starts = np.unique(pairs >> 32, return_index=True)
        parts = np.split(pairs.astype(np.uint32), starts[1:])
        # By way of an array it takes a tenth of the time.
        return [(n, BitMap(array("I", part.tobytes()))) for n, part in zip(numbers.tolist(), parts, strict=False)]
