"""The first few programmes that serve a recommendation in a country, for each of many such pairs at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .edition import Edition
from .hits import Quotation, quotation
from .records import ProgrammeRecord
from .search import read

# So many programmes are quoted in a cell; a link leads to all.
QUOTED = 3


@dataclass(frozen=True)
class First:
    """How many programmes of a country serve a recommendation, and the first of them by name."""

    count: int
    programmes: list[ProgrammeRecord]


# By the recommendation's number and the country's code.
Firsts = dict[tuple[str, str], First]
NONE = First(0, [])


def firsts(numbers: Iterable[str], codes: Sequence[str], edition: Edition, limit: int = QUOTED) -> Firsts:
    """Return the first programmes by name of each cell that is not empty, at most `limit` each; no query."""
    found: Firsts = {}
    snapshot = edition.snapshot
    for number in numbers:
        serving = snapshot.facet("recommendation", number)
        for code in codes:
            if members := serving & snapshot.facet("country", code):
                first = read(map(snapshot.record, snapshot.by_name(members, 0, limit)))
                found[number, code] = First(len(members), first)
    return found


@dataclass(frozen=True)
class Quoting:
    """Quotations under one recommendation, and the programmes that they tell of."""

    programmes: list[ProgrammeRecord]
    quotations: list[Quotation]


def quotings(programmes: Iterable[ProgrammeRecord], number: str) -> list[Quoting]:
    """Return what is quoted of programmes under this recommendation and no other; the same words stand once."""
    found: dict[tuple[Quotation, ...], Quoting] = {}
    for programme in programmes:
        words = [quotation(example) for example in programme["examples"] if example["recommendation"] == number]
        found.setdefault(tuple(words), Quoting([], words)).programmes.append(programme)
    return list(found.values())
