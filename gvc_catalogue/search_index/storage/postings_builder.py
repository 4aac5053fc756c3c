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

from gvc_catalogue.search_index.analysis import folded_words, stem

from .postings import NAME_COUNTS, PRINTED, Posting, impacts

# So many entries at a time become bitmaps: more take more memory, fewer more time.
CHUNK = 50_000
WORD = "word/"


class TermNumbers(dict[str, int]):
    """A number for each name of a set, in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


class SurfaceForms(dict[str, int]):
    """For each word as it is printed, folded, the number of its set; `stems` has the stem itself."""

    def __init__(self, numbers: TermNumbers) -> None:
        super().__init__()
        self.numbers = numbers
        self.stems: dict[str, str] = {}

    def __missing__(self, form: str) -> int:
        self.stems[form] = stem(form)
        self[form] = number = self.numbers[WORD + PRINTED + form]
        return number

    def stem_numbers(self) -> Any:
        """Return for each number that of the stem's set where it is a form's, and itself where it is not."""
        of_stems = {number: self.numbers[WORD + self.stems[form]] for form, number in self.items()}
        found = np.arange(len(self.numbers), dtype=np.uint32)
        found[list(of_stems.keys())] = list(of_stems.values())
        return found

    def of_several(self, stem_numbers: Any) -> Any:
        """Return for each number whether it is that of a form whose stem has others."""
        printed = np.fromiter(self.values(), dtype=np.uint32, count=len(self))
        several = np.bincount(stem_numbers[printed], minlength=len(stem_numbers))[stem_numbers] > 1
        return several & (stem_numbers != np.arange(len(stem_numbers)))


class PostingsBuilder:
    """Takes entry after entry; then gives the sets."""

    def __init__(self) -> None:
        self.numbers = TermNumbers()
        self.forms = SurfaceForms(self.numbers)
        # The sets of all entries, one entry's after the other's, and where those of each entry end.
        self._noted = array("I")
        self._ends = array("q", [0])

    def add(self, names: Iterable[str], texts: Iterable[str]) -> list[str]:
        """Take an entry: the names of its sets, and its texts; return the analysed words of each text."""
        analysed = []
        for n, text in enumerate(texts):
            printed = folded_words(text)
            self._noted.extend(list(map(self.forms.__getitem__, printed)) * (1 if n else NAME_COUNTS))
            analysed.append(" ".join(map(self.forms.stems.__getitem__, printed)))
        self._noted.extend(map(self.numbers.__getitem__, names))
        self._ends.append(len(self._noted))
        return analysed

    def sets(self, order: Any) -> Iterator[tuple[str, Posting]]:
        """Yield each set of ordinals by its name; `order` says which entry comes first by name, second, and so on.

        Those of words have impacts. Those of printed forms are left out where their stem has no other.
        """
        stems = self.forms.stem_numbers()
        several = self.forms.of_several(stems)
        members: dict[int, BitMap] = defaultdict(BitMap)
        weights: dict[int, list[bytes]] = defaultdict(list)
        # While one thread sorts, others can work.
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
            # The places of all their numbers: each entry's own, one after the other.
            places = np.arange(lengths.sum()) + np.repeat(ends[entries] + lengths - lengths.cumsum(), lengths)
            yield Chunk(start, noted[places], lengths)


class Chunk(NamedTuple):
    """The first ordinal of some entries, the numbers of the sets of all of them, and how many each has."""

    first: int
    noted: Any
    lengths: Any

    def found(self, stems: Any, several: Any) -> list[tuple[int, BitMap, bytes]]:
        """Return number, members and impacts of each set."""
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
        """Yield each number with its members, and what stands beside them."""
        numbers, starts = np.unique(pairs >> 32, return_index=True)
        ordinals = np.split(pairs.astype(np.uint32) + np.uint32(self.first), starts[1:])
        for number, part, more in zip(numbers.tolist(), ordinals, np.split(beside, starts[1:]), strict=False):
            # By way of an array it takes a tenth of the time.
            yield number, BitMap(array("I", part.tobytes())), more
