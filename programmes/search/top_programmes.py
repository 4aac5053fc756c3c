"""The first few programmes that serve a recommendation in a country, for each of many such pairs at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..schema.records import ProgrammeRecord
from .catalogue_snapshot import CatalogueSnapshot
from .result_cards import Quotation, quotation
from .search import read

# So many programmes are quoted in a cell; a link leads to all.
QUOTED = 3


@dataclass(frozen=True)
class TopProgrammes:
    """How many programmes of a country serve a recommendation, and the first of them by name."""

    count: int
    programmes: list[ProgrammeRecord]


# By the recommendation's number and the country's code.
TopProgrammesByCell = dict[tuple[str, str], TopProgrammes]
NONE = TopProgrammes(0, [])


def top_programmes(
    numbers: Iterable[str], codes: Sequence[str], edition: CatalogueSnapshot, limit: int = QUOTED
) -> TopProgrammesByCell:
    """Return the first programmes by name of each cell that is not empty, at most `limit` each; no query."""
    found: TopProgrammesByCell = {}
    snapshot = edition.snapshot
    for number in numbers:
        serving = snapshot.facet("recommendation", number)
        for code in codes:
            if members := serving & snapshot.facet("country", code):
                first = read(map(snapshot.record, snapshot.by_name(members, 0, limit)))
                found[number, code] = TopProgrammes(len(members), first)
    return found


@dataclass(frozen=True)
class QuotedProgrammes:
    """Quotations under one recommendation, and the programmes that they tell of."""

    programmes: list[ProgrammeRecord]
    quotations: list[Quotation]


def quoted_programmes(programmes: Iterable[ProgrammeRecord], number: str) -> list[QuotedProgrammes]:
    """Return what is quoted of programmes under this recommendation and no other; the same words stand once."""
    found: dict[tuple[Quotation, ...], QuotedProgrammes] = {}
    for programme in programmes:
        words = [quotation(example) for example in programme["examples"] if example["recommendation"] == number]
        found.setdefault(tuple(words), QuotedProgrammes([], words)).programmes.append(programme)
    return list(found.values())
