"""Search: a selection goes in, a page of records with facet counts comes out. Pages, exports and formats ask here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson
from pyroaring import BitMap

from gvc_catalogue.search_index.query.search import IndexResult as IndexFound
from gvc_catalogue.search_index.query.search import search_index
from gvc_catalogue.search_index.query.suggest import suggest
from gvc_catalogue.web.facet_counts import FacetCount, FacetCounts
from gvc_catalogue.web.pagination import Page, get_page

from ..schema.records import ProgrammeRecord
from .catalogue_snapshot import CatalogueSnapshot
from .facet_definitions import FACETS
from .list_query import ListQuery


@dataclass(frozen=True)
class SearchResult:
    """One page of the programmes that match, and for each facet value its number of programmes.

    `dropped` are words that no programme has together with the others, `corrected` words read as others.
    """

    page: Page
    programmes: list[ProgrammeRecord]
    counts: dict[str, dict[str, int]]
    dropped: list[str]
    corrected: dict[str, str]
    answer: IndexFound
    catching_up: bool = False


def find(selection: ListQuery, page_asked: str = "", edition: CatalogueSnapshot | None = None) -> SearchResult:
    """Return the page asked for ("" is the first), with counts, from an edition (today's); no query of its own.

    Raises NoSuchPage when `page_asked` is no number or past the end.
    """
    edition = edition or CatalogueSnapshot.now()
    answer = matching(selection, edition)
    shown = get_page(page_asked, answer.total)
    programmes = read(answer.records(selection.order, shown.start, shown.stop))
    return SearchResult(
        shown, programmes, answer.counts, answer.dropped, answer.corrected, answer, catching_up=edition.catching_up
    )


def matching(selection: ListQuery, edition: CatalogueSnapshot) -> IndexFound:
    """Return the programmes that match, as the index finds them; no query."""
    return search_index(edition.snapshot, selection.q, selection.chosen)


def newest(
    selection: ListQuery, page_asked: str, size: int, edition: CatalogueSnapshot
) -> tuple[Page, list[ProgrammeRecord]]:
    """Return a page of the programmes that match, the last recorded first; no query.

    Raises NoSuchPage as find() does.
    """
    answer = matching(selection, edition)
    shown = get_page(page_asked, answer.total, size)
    return shown, read(answer.records("newest", shown.start, shown.stop))


def read(records: Iterable[bytes]) -> list[ProgrammeRecord]:
    """Return records as the index keeps them as what they are."""
    return [orjson.loads(record) for record in records]


def total(selection: ListQuery, edition: CatalogueSnapshot) -> int:
    """Return the number of programmes that match; no query."""
    return matching(selection, edition).total


def totals(edition: CatalogueSnapshot) -> dict[str, dict[str, int]]:
    """Return for each facet value its number of programmes, when nothing is asked; no query."""
    return {name: edition.snapshot.facet_totals.get(name, {}) for name in FACETS}


def count_facets() -> FacetCounts:
    """Return for each facet its values with their labels and numbers of programmes. One query, for the revision."""
    edition = CatalogueSnapshot.now()
    numbers, labels = totals(edition), edition.vocabulary.labels
    return {
        name: {value: FacetCount(label, numbers[name].get(value, 0)) for value, label in labels[name].items()}
        for name in FACETS
    }


def counts_without(selection: ListQuery, edition: CatalogueSnapshot) -> dict[str, int]:
    """Return for each parameter that narrows the list the number of programmes without it; no query."""
    return {name: total(selection.without(name), edition) for name in selection.active}


def everything(selection: ListQuery, edition: CatalogueSnapshot | None = None) -> Iterator[ProgrammeRecord]:
    """Yield all programmes that match, in the order asked; no query of its own."""
    answer = matching(selection, edition or CatalogueSnapshot.now())
    yield from map(orjson.loads, answer.every(selection.order))


def window(selection: ListQuery, start: int, stop: int, edition: CatalogueSnapshot) -> list[ProgrammeRecord]:
    """Return the programmes from one place of a list to another; no query."""
    answer = matching(selection, edition)
    return read(answer.records(selection.order, start, min(stop, answer.total)))


def suggested(typed: str, limit: int, edition: CatalogueSnapshot) -> list[ProgrammeRecord]:
    """Return the programmes that go best with a query typed so far; no query."""
    return read(suggest(edition.snapshot, typed, limit))


# The most programmes without a country that are listed by name.
NOWHERE = 60


def nowhere(edition: CatalogueSnapshot) -> list[ProgrammeRecord]:
    """Return the first programmes of no country, by name; no query."""
    snapshot = edition.snapshot
    members = snapshot.all - BitMap.union(BitMap(), *snapshot.facets.get("country", {}).values())
    return read(map(snapshot.record, snapshot.by_name(members, 0, NOWHERE)))
