"""Top programmes of each recommendation and country: the count and the first programmes of each cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..schema.records import ProgrammeRecord
from .catalogue_snapshot import CatalogueSnapshot
from .result_cards import Quotation, quotation
from .search import read

# The most programmes that are quoted in a cell; a link leads to the complete list.
QUOTED = 3


@dataclass(frozen=True)
class TopProgrammes:
    """A cell: the number of programmes of a country that serve a recommendation, and the first of them by name."""

    count: int
    programmes: list[ProgrammeRecord]


# The key is the number of the recommendation and the code of the country.
TopProgrammesByCell = dict[tuple[str, str], TopProgrammes]
NONE = TopProgrammes(0, [])


def top_programmes(
    numbers: Iterable[str], codes: Sequence[str], edition: CatalogueSnapshot, limit: int = QUOTED
) -> TopProgrammesByCell:
    """Return the cells that are not empty, each with at most `limit` programmes, sorted by name. No query."""
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
    """Quotations under one recommendation, and the programmes that they describe."""

    programmes: list[ProgrammeRecord]
    quotations: list[Quotation]


def quoted_programmes(programmes: Iterable[ProgrammeRecord], number: str) -> list[QuotedProgrammes]:
    """Return the quotations of programmes under this recommendation only.

    Programmes with the same quotations are grouped into one item, in the order of first occurrence.
    """
    found: dict[tuple[Quotation, ...], QuotedProgrammes] = {}
    for programme in programmes:
        words = [quotation(example) for example in programme["examples"] if example["recommendation"] == number]
        found.setdefault(tuple(words), QuotedProgrammes([], words)).programmes.append(programme)
    return list(found.values())
