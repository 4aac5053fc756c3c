"""The search: a selection goes in, what was found comes out. Pages, exports and formats all ask here.

The text index answers; while it cannot (it is missing, damaged, or of an older form, and is being built), the
database does: slower, with fewer graces, and as right about facets and counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson
from pyroaring import BitMap

from gvc_catalogue.lib.listing import Page, page
from gvc_catalogue.lib.tallies import Tallies, Tally
from gvc_catalogue.lib.text_index.nearby import suggest
from gvc_catalogue.lib.text_index.query import Found as IndexFound
from gvc_catalogue.lib.text_index.query import ask
from gvc_catalogue.lib.text_index.snapshot import Snapshot

from .edition import Edition
from .models import Programme
from .querysets import ProgrammeQuerySet
from .records import ProgrammeRecord
from .selection import FACETS, Selection
from .serializers import programme_record

# So many programmes at a time are read of the database for an export.
CHUNK = 1_000


@dataclass(frozen=True)
class Found:
    """One page of what matches, and how many programmes have each value of each facet.

    `dropped` are words that no programme has together with the others, `corrected` words read as others;
    `answer` is what the index gave, None when the database answered.
    """

    page: Page
    programmes: list[ProgrammeRecord]
    counts: dict[str, dict[str, int]]
    dropped: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    answer: IndexFound | None = None
    catching_up: bool = False


def find(selection: Selection, page_asked: str = "", edition: Edition | None = None) -> Found:
    """Return the page asked for ("" is the first), with counts, from an edition (today's); no query of its own.

    Raises NoSuchPage when `page_asked` is no number or past the end.
    """
    edition = edition or Edition.now()

    def by_index(snapshot: Snapshot) -> Found:
        answer = ask(snapshot, selection.q, selection.chosen)
        shown = page(page_asked, answer.total)
        programmes = read(answer.records(selection.order, shown.start, shown.stop))
        words = answer.dropped, answer.corrected
        return Found(shown, programmes, answer.counts, *words, answer=answer, catching_up=edition.catching_up)

    return edition.answer(by_index, lambda: find_in_database(selection, page_asked))


def find_in_database(selection: Selection, page_asked: str = "") -> Found:
    """Return the same as find(), answered by the database alone. Five queries."""
    counts = Programme.objects.facet_counts(selection)
    shown = page(page_asked, counts.pop("total").get("", 0))
    programmes = everything_in_database(selection).with_details()[shown.start : shown.stop]
    return Found(shown, [programme_record(programme) for programme in programmes], counts)


def newest(selection: Selection, page_asked: str, size: int, edition: Edition) -> tuple[Page, list[ProgrammeRecord]]:
    """Return a page of what matches, those recorded last first; two queries where there is no index.

    Raises NoSuchPage as find() does.
    """

    def by_index(snapshot: Snapshot) -> tuple[Page, list[ProgrammeRecord]]:
        answer = ask(snapshot, selection.q, selection.chosen)
        shown = page(page_asked, answer.total, size)
        return shown, read(answer.records("newest", shown.start, shown.stop))

    def by_database() -> tuple[Page, list[ProgrammeRecord]]:
        found = Programme.objects.matching(selection).order_by("-pk")
        shown = page(page_asked, found.count(), size)
        return shown, list(map(programme_record, found.with_details()[shown.start : shown.stop]))

    return edition.answer(by_index, by_database)


def read(records: Iterable[bytes]) -> list[ProgrammeRecord]:
    """Return records as the index keeps them as what they are."""
    return [orjson.loads(record) for record in records]


def total(selection: Selection, edition: Edition) -> int:
    """Return how many match; no query while the index answers."""
    return edition.answer(
        lambda snapshot: ask(snapshot, selection.q, selection.chosen).total,
        lambda: Programme.objects.matching(selection).count(),
    )


def totals(edition: Edition) -> dict[str, dict[str, int]]:
    """Return for each value of each facet how many programmes have it, when nothing is asked."""
    return edition.answer(
        lambda snapshot: {name: snapshot.facet_totals.get(name, {}) for name in FACETS},
        lambda: Programme.objects.facet_counts(Selection()),
    )


def tallies() -> Tallies:
    """Return what gvc_catalogue.lib.tallies asks for: each facet's values with their labels and numbers."""
    edition = Edition.now()
    numbers, labels = totals(edition), edition.vocabulary.labels
    return {
        name: {value: Tally(label, numbers[name].get(value, 0)) for value, label in labels[name].items()}
        for name in FACETS
    }


def counts_without(selection: Selection, edition: Edition | None = None) -> dict[str, int]:
    """Return for each parameter that narrows the list how many programmes there would be without it."""
    edition = edition or Edition.now()
    return edition.answer(
        lambda snapshot: {name: total(selection.without(name), edition) for name in selection.active},
        lambda: Programme.objects.counts_without(selection),
    )


def everything_in_database(selection: Selection) -> ProgrammeQuerySet:
    """Return all that matches, in the order asked. No query yet."""
    return Programme.objects.matching(selection).sorted_by(selection)


def everything(selection: Selection, edition: Edition | None = None) -> Iterator[ProgrammeRecord]:
    """Yield all that matches, in the order asked; no query while the index answers, else four for each 1,000."""
    edition = edition or Edition.now()
    if edition.snapshot is None:
        yield from map(programme_record, everything_in_database(selection).with_details().iterator(chunk_size=CHUNK))
    else:
        yield from map(orjson.loads, ask(edition.snapshot, selection.q, selection.chosen).every(selection.order))


def window(selection: Selection, start: int, stop: int, edition: Edition) -> list[ProgrammeRecord]:
    """Return what stands from one place to another in a list."""

    def by_index(snapshot: Snapshot) -> list[ProgrammeRecord]:
        answer = ask(snapshot, selection.q, selection.chosen)
        return read(answer.records(selection.order, start, min(stop, answer.total)))

    def by_database() -> list[ProgrammeRecord]:
        return list(map(programme_record, everything_in_database(selection).with_details()[start:stop]))

    return edition.answer(by_index, by_database)


def suggested(typed: str, limit: int, edition: Edition) -> list[ProgrammeRecord]:
    """Return the programmes that best go with what is typed so far."""

    def by_database() -> list[ProgrammeRecord]:
        return list(map(programme_record, Programme.objects.named_like(typed).with_details()[:limit]))

    return edition.answer(lambda snapshot: read(suggest(snapshot, typed, limit)), by_database)


# So many of the programmes that the source places in no country are named.
NOWHERE = 60


def nowhere(edition: Edition) -> list[ProgrammeRecord]:
    """Return the first programmes of no country, by name."""

    def by_index(snapshot: Snapshot) -> list[ProgrammeRecord]:
        members = snapshot.all - BitMap.union(BitMap(), *snapshot.facets.get("country", {}).values())
        return read(map(snapshot.record, snapshot.by_name(members, 0, NOWHERE)))

    def by_database() -> list[ProgrammeRecord]:
        return list(map(programme_record, Programme.objects.filter(countries=None).with_details()[:NOWHERE]))

    return edition.answer(by_index, by_database)
