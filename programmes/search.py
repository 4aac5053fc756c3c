"""The search: a selection goes in, what was found comes out. Pages, exports and formats all ask here."""

from dataclasses import dataclass

from gvc_catalogue.lib.listing import PAGE_SIZE, Page, page

from .models import Programme
from .querysets import ProgrammeQuerySet
from .selection import Selection


@dataclass(frozen=True)
class Found:
    """One page of what matches, and how many programmes have each value of each facet."""

    page: Page
    programmes: list[Programme]
    counts: dict[str, dict[str, int]]


def find(selection: Selection, page_asked: str = "") -> Found:
    """Return the page asked for ("" is the first), with counts. Five queries, however many programmes there are.

    Raises NoSuchPage when `page_asked` is no number or past the end.
    """
    counts = Programme.objects.facet_counts(selection)
    shown = page(page_asked, counts["total"].get("", 0))
    programmes = everything(selection).with_details()[shown.start : shown.stop]
    return Found(shown, list(programmes), counts)


def everything(selection: Selection) -> ProgrammeQuerySet:
    """Return all that matches, in the order asked. No query yet."""
    return Programme.objects.matching(selection).sorted_by(selection)


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
    rows = list(everything(selection)[start : page_number * PAGE_SIZE + 1])
    places = [Place(row, (start + i) // PAGE_SIZE + 1) for i, row in enumerate(rows)]
    if programme not in rows:
        return None
    i = rows.index(programme)
    after = places[i + 1] if i + 1 < len(places) else None
    return Neighbours(places[i - 1] if i else None, after, places[i].page)
