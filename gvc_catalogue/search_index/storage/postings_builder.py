"""Builder of posting lists and sets: collects set numbers while entries are added, and makes bitmaps at the end."""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from pyroaring import BitMap

from gvc_catalogue.search_index.analysis import folded_words, stem

from .postings import NAME_COUNTS, PRINTED, Posting, impacts

# Entries converted to bitmaps at a time: a larger number takes more memory, a smaller one more time.
CHUNK = 50_000
WORD = "word/"


class TermNumbers(dict[str, int]):
    """A dictionary that assigns a number to each set name, counting from 0 in the order of first use."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


class SurfaceForms(dict[str, int]):
    """The set number of each surface form (a word as printed, folded); `stems` maps each form to its stem."""

    def __init__(self, numbers: TermNumbers) -> None:
        super().__init__()
        self.numbers = numbers
        self.stems: dict[str, str] = {}

    def __missing__(self, form: str) -> int:
        self.stems[form] = stem(form)
        self[form] = number = self.numbers[WORD + PRINTED + form]
        return number

    def stem_numbers(self) -> Any:
        """Return an array that maps the number of a form to that of its stem's set, and each other number to itself."""
        of_stems = {number: self.numbers[WORD + self.stems[form]] for form, number in self.items()}
        found = np.arange(len(self.numbers), dtype=np.uint32)
        found[list(of_stems.keys())] = list(of_stems.values())
        return found

    def of_several(self, stem_numbers: Any) -> Any:
        """Return a boolean array: true for the number of each form that shares its stem with other forms."""
        printed = np.fromiter(self.values(), dtype=np.uint32, count=len(self))
        several = np.bincount(stem_numbers[printed], minlength=len(stem_numbers))[stem_numbers] > 1
        return several & (stem_numbers != np.arange(len(stem_numbers)))


class PostingsBuilder:
    """Builder of sets and posting lists: `add` takes each entry, then `sets` yields the sets."""

    def __init__(self) -> None:
        self.numbers = TermNumbers()
        self.forms = SurfaceForms(self.numbers)
        # The set numbers of all entries, concatenated, and the offset at which those of each entry end.
        self._noted = array("I")
        self._ends = array("q", [0])

    def add(self, names: Iterable[str], texts: Iterable[str]) -> list[str]:
        """Add an entry: the names of its sets, and its texts. Return the analysed words of each text.

        The words of a text are one string, separated by spaces.
        """
        analysed = []
        for n, text in enumerate(texts):
            printed = folded_words(text)
            self._noted.extend(list(map(self.forms.__getitem__, printed)) * (1 if n else NAME_COUNTS))
            analysed.append(" ".join(map(self.forms.stems.__getitem__, printed)))
        self._noted.extend(map(self.numbers.__getitem__, names))
        self._ends.append(len(self._noted))
        return analysed

    def sets(self, order: Any) -> Iterator[tuple[str, Posting]]:
        """Yield each set of ordinals with its name; `order` has the index of each entry in the order of names.

        Sets of words have impacts. A set of a surface form is left out when its stem has no other form.
        """
        stems = self.forms.stem_numbers()
        several = self.forms.of_several(stems)
        members: dict[int, BitMap] = defaultdict(BitMap)
        weights: dict[int, list[bytes]] = defaultdict(list)
        # NumPy releases the GIL while it sorts, so threads run in parallel.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for chunk in pool.map(lambda chunk: chunk.found(stems, several), self._chunks(order)):
                for number, some, impact in chunk:
                    members[number] |= some
                    weights[number].append(impact)
        for name, number in self.numbers.items():
            if number in members:
                yield name, Posting(members[number], b"".join(weights[number]))

    def _chunks(self, order: Any) -> Iterator[Chunk]:
        noted, ends = np.asarray(self._noted), np.asarray(self._ends)
        for start in range(0, len(order), CHUNK):
            entries = order[start : start + CHUNK]
            lengths = ends[entries + 1] - ends[entries]
            # The positions of all their numbers in `noted`, concatenated by entry.
            places = np.arange(lengths.sum()) + np.repeat(ends[entries] + lengths - lengths.cumsum(), lengths)
            yield Chunk(start, noted[places], lengths)


class Chunk(NamedTuple):
    """A batch of entries: the first ordinal, the concatenated set numbers of all, and the count of numbers of each."""

    first: int
    noted: Any
    lengths: Any

    def found(self, stems: Any, several: Any) -> list[tuple[int, BitMap, bytes]]:
        """Return number, members and impacts of each set; the impacts of a set that is not of a word are empty."""
        entries = np.repeat(np.arange(len(self.lengths), dtype=np.uint32), self.lengths)
        numbers = stems[self.noted]
        is_word = numbers != self.noted
        words = np.bincount(entries[is_word], minlength=len(self.lengths))
        pairs, times = np.unique(numbers.astype(np.uint64) << 32 | entries, return_counts=True)
        weights = impacts(times, words[pairs.astype(np.uint32)])
        of_words = np.zeros(len(stems), dtype=bool)
        of_words[numbers[is_word]] = True
        printed = several[self.noted]
        forms = np.unique(self.noted[printed].astype(np.uint64) << 32 | entries[printed])
        return [
            (number, members, weight.tobytes() if of_words[number] else b"")
            for number, members, weight in self._parts(pairs, weights)
        ] + [(number, members, b"") for number, members, _ in self._parts(forms, forms)]

    def _parts(self, pairs: Any, beside: Any) -> Iterator[tuple[int, BitMap, Any]]:
        """Yield each number with its members and the corresponding part of `beside`."""
        numbers, starts = np.unique(pairs >> 32, return_index=True)
        ordinals = np.split(pairs.astype(np.uint32) + np.uint32(self.first), starts[1:])
        for number, part, more in zip(numbers.tolist(), ordinals, np.split(beside, starts[1:]), strict=False):
            # Conversion through an array takes a tenth of the time.
            yield number, BitMap(array("I", part.tobytes())), more
