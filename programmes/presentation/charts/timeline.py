"""Timeline of programmes that ended, were renamed or merged: the year of each, and those without a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyroaring import BitMap

from ...models import Status
from ...models.status import Certainty
from ...schema.records import ProgrammeRecord
from ...search.index_document import UNTIL
from ...search.search import read
from ..status_and_links import status_words
from .counted import Counted
from .data import TimelineEvent

# The statuses with an end, in the order of every page.
ENDS = (Status.RENAMED, Status.MERGED, Status.ENDED)
# The most programmes that are drawn, and that are named without a year.
DRAWN, NAMED = 100, 30


@dataclass(frozen=True)
class Timeline:
    """The first events by year, status and name; those without a year by name; and the number of each in all."""

    events: list[TimelineEvent]
    undated: list[TimelineEvent]
    dated_in_all: int
    in_all: int
    url: str


def timeline(counted: Counted) -> Timeline:
    """Return the ends of the chart's programmes. No query: at most DRAWN + NAMED records are read."""
    statuses = [status for status in ENDS if counted.links.counts("status", status)]
    members = counted.members & counted.having("status", statuses)
    years = {year: having & members for year, having in counted.edition.snapshot.groups(UNTIL).items() if year}
    undated = members - BitMap.union(BitMap(), *years.values())
    in_order = (ordinal for year in sorted(years, key=int) for ordinal in by_status(counted, years[year], statuses))
    return Timeline(
        events(counted, islice(in_order, DRAWN)),
        events(counted, islice(by_status(counted, undated, statuses), NAMED)),
        len(members) - len(undated),
        len(members),
        counted.links.to(status=statuses),
    )


def by_status(counted: Counted, members: BitMap, statuses: list[Status]) -> Iterator[int]:
    """Yield the ordinals of programmes by status, those of one status by name; at most DRAWN of each."""
    snapshot = counted.edition.snapshot
    for status in statuses:
        yield from snapshot.by_name(members & snapshot.facet("status", status), 0, DRAWN)


def events(counted: Counted, ordinals: Iterator[int]) -> list[TimelineEvent]:
    """Return the events of programmes, in the same order."""
    return [event(record) for record in read(map(counted.edition.snapshot.record, ordinals))]


def event(record: ProgrammeRecord) -> TimelineEvent:
    """Return what became of a programme, and when."""
    return TimelineEvent(
        slug=record["slug"],
        name=record["name"],
        url=record["url"],
        countries=tuple(country["code"] for country in record["countries"]),
        status=record["status"],
        year=record["until"],
        words=status_words(record),
        certainty=record["certainty"],
        inferred=record["certainty"] == Certainty.INFERRED,
    )


def timeline_note(found: Timeline) -> str:
    """Return the line below the title of a timeline."""
    if not found.in_all:
        return "No end, new name or merger recorded"
    years = [event.year for event in found.events if event.year]
    span = f"; {years[0]} to {years[-1]}" if found.dated_in_all == len(found.events) and years else ""
    first = "" if found.dated_in_all == len(found.events) else f"; the first {len(found.events)} by year are drawn"
    return f"{found.dated_in_all:,} of {found.in_all:,} with a year{span}{first}; dotted: inferred"
