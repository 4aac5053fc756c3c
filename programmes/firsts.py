"""The first few programmes that serve a recommendation in a country, for each of many such pairs at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Window
from django.db.models.functions import DenseRank

from gvc_catalogue.lib.text_index.snapshot import Snapshot

from . import evidence
from .edition import Edition
from .hits import Quotation, quotation
from .models import Programme
from .records import ProgrammeRecord
from .search import read
from .selection import Selection
from .serializers import programme_record

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


def firsts(numbers: Sequence[str], codes: Sequence[str], edition: Edition, limit: int = QUOTED) -> Firsts:
    """Return what stands in each cell that is not empty; no query while the index answers, else ten."""
    return edition.answer(lambda snapshot: in_index(snapshot, numbers, codes, limit), lambda: in_database(codes, limit))


def in_index(snapshot: Snapshot, numbers: Sequence[str], codes: Sequence[str], limit: int) -> Firsts:
    """Return the cells as the index has them: a set for each, of which the first few records are read."""
    found: Firsts = {}
    for number in numbers:
        serving = snapshot.facet("recommendation", number)
        for code in codes:
            if members := serving & snapshot.facet("country", code):
                first = read(map(snapshot.record, snapshot.by_name(members, 0, limit)))
                found[number, code] = First(len(members), first)
    return found


def in_database(codes: Sequence[str], limit: int = QUOTED) -> Firsts:
    """Return the same as the database has it; ten queries."""
    counts = evidence.in_database(Selection(country=tuple(codes))).cells
    number, code = F("examples__recommendation__number"), F("countries__code")
    place = Window(DenseRank(), partition_by=[number, code], order_by=["sort_name", "slug"])
    ranked = Programme.objects.filter(countries__code__in=codes, examples__isnull=False).annotate(place=place)
    cells = sorted(set(ranked.filter(place__lte=limit).order_by().values_list(number, code, "place", "pk")))
    records = {
        programme.pk: programme_record(programme)
        for programme in Programme.objects.with_details().filter(pk__in={pk for *_, pk in cells})
    }
    return {
        (number, code): First(counts[number][code], [records[pk] for *_, pk in cell])
        for (number, code), cell in groupby(cells, key=lambda cell: cell[:2])
    }


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
