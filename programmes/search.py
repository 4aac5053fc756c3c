"""The search: a selection goes in, what was found comes out. Pages, exports and formats all ask here.

The text index answers; while it cannot (it is missing, damaged, or of an older form, and is being built), the
database does: slower, with fewer graces, and as right about facets and counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from gvc_catalogue.lib.listing import PAGE_SIZE, Page, page
from gvc_catalogue.lib.text_index.nearby import in_common, like, suggest
from gvc_catalogue.lib.text_index.query import Found as IndexFound
from gvc_catalogue.lib.text_index.query import ask
from gvc_catalogue.lib.text_index.syncing import Unavailable

from .indexing import INDEX
from .models import Programme
from .querysets import ProgrammeQuerySet
from .selection import Selection

# So many programmes at a time are read for an export.
CHUNK = 1_000
# So many words that two programmes share are said.
SHARED = 4


@dataclass(frozen=True)
class Found:
    """One page of what matches, and how many programmes have each value of each facet.

    `dropped` are words that no programme has together with the others, `corrected` words read as others;
    `answer` is what the index gave, None when the database answered.
    """

    page: Page
    programmes: list[Programme]
    counts: dict[str, dict[str, int]]
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    answer: IndexFound | None = None
    catching_up: bool = False


def find(selection: Selection, page_asked: str = "") -> Found:
    """Return the page asked for ("" is the first), with counts. Five queries, however many programmes there are.

    Raises NoSuchPage when `page_asked` is no number or past the end.
    """
    try:
        answer, catching_up = from_index(selection)
    except Unavailable:
        return find_in_database(selection, page_asked)
    shown = page(page_asked, answer.total)
    programmes = in_order(answer.keys(selection.order, shown.start, shown.stop))
    return Found(
        shown, programmes, answer.counts, answer.dropped, answer.corrected, answer=answer, catching_up=catching_up
    )


def find_in_database(selection: Selection, page_asked: str = "") -> Found:
    """Return the same as find(), answered by the database alone. Five queries."""
    counts = Programme.objects.facet_counts(selection)
    shown = page(page_asked, counts.pop("total").get("", 0))
    programmes = everything_in_database(selection).with_details()[shown.start : shown.stop]
    return Found(shown, list(programmes), counts)


def from_index(selection: Selection) -> tuple[IndexFound, bool]:
    """Return what the index answers, and whether it is catching up. Raises Unavailable when it cannot answer."""
    served = INDEX.serve()
    try:
        return ask(served.snapshot, selection.q, selection.chosen), served.catching_up
    except (OSError, ValueError) as damage:
        INDEX.give_up(damage)
        raise Unavailable from damage


def counts_without(selection: Selection) -> dict[str, int]:
    """Return for each parameter that narrows the list how many programmes there would be without it."""
    try:
        return {name: from_index(selection.without(name))[0].total for name in selection.active}
    except Unavailable:
        return Programme.objects.counts_without(selection)


def everything_in_database(selection: Selection) -> ProgrammeQuerySet:
    """Return all that matches, in the order asked. No query yet."""
    return Programme.objects.matching(selection).sorted_by(selection)


def everything(selection: Selection) -> Iterator[Programme]:
    """Yield all that matches with its details, in the order asked; four queries for each 1,000."""
    try:
        answer, _ = from_index(selection)
    except Unavailable:
        yield from everything_in_database(selection).with_details().iterator(chunk_size=CHUNK)
        return
    keys = answer.every(selection.order)
    while chunk := list(islice(keys, CHUNK)):
        yield from in_order(chunk)


def in_order(keys: Iterable[int]) -> list[Programme]:
    """Return the programmes with these keys and their details, in the order of the keys; four queries."""
    keys = list(keys)
    found = Programme.objects.with_details().in_bulk(keys)
    # One deleted this very moment is left out.
    return [found[key] for key in keys if key in found]


def suggested(typed: str, limit: int) -> list[Programme]:
    """Return the programmes that best go with what is typed so far, with countries; two queries."""
    try:
        keys = suggest(INDEX.serve().snapshot, typed, limit)
    except (Unavailable, OSError, ValueError):
        return list(Programme.objects.named_like(typed).with_countries()[:limit])
    found = Programme.objects.with_countries().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def related(programme: Programme, limit: int) -> list[Programme]:
    """Return others that serve the same recommendations, the likest first, each with `shares`; four queries."""
    examples = list(programme.examples.all())
    serving = {example.recommendation_id for example in examples}
    texts = [programme.name, *(example.text for example in examples)]
    try:
        keys = like(INDEX.serve().snapshot, programme.pk, texts, (f"recommendation:{pk}" for pk in serving), limit)
        found = in_order(keys)
    except (Unavailable, OSError, ValueError):
        others = Programme.objects.beside(programme, examples__recommendation__in=serving)
        found = list(others.with_details()[:limit])
    for other in found:
        other.shares = in_common(texts, [other.name, *(example.text for example in other.examples.all())])[:SHARED]
    return found


@dataclass(frozen=True)
class Place:
    """A programme in a list, and the page of the list that it stands on."""

    programme: Programme
    page: int


@dataclass(frozen=True)
class Neighbours:
    """What stands before and after a programme in a list, and the page that it stands on itself."""

    previous: Place | None
    next: Place | None
    page: int


def neighbours(selection: Selection, programme: Programme, page_number: int) -> Neighbours | None:
    """Return what stands beside a programme on that page of a list; None when it does not stand there. One query."""
    start = max(0, (page_number - 1) * PAGE_SIZE - 1)
    rows = window(selection, start, page_number * PAGE_SIZE + 1)
    places = [Place(row, (start + i) // PAGE_SIZE + 1) for i, row in enumerate(rows)]
    if programme not in rows:
        return None
    i = rows.index(programme)
    after = places[i + 1] if i + 1 < len(places) else None
    return Neighbours(places[i - 1] if i else None, after, places[i].page)


def window(selection: Selection, start: int, stop: int) -> list[Programme]:
    """Return what stands from one place to another in a list, without details; one query."""
    try:
        answer, _ = from_index(selection)
    except Unavailable:
        return list(everything_in_database(selection)[start:stop])
    keys = answer.keys(selection.order, start, min(stop, answer.total))
    found = Programme.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]
