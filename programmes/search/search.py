"""Faceted search of programmes: a list query gives a page of records with facet counts, for pages and exports."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import orjson
from pyroaring import BitMap

from gvc_catalogue.search_index.query.parser import Clause, label_of
from gvc_catalogue.search_index.query.partial_matches import PartialMatch
from gvc_catalogue.search_index.query.search import IndexResult, search_index
from gvc_catalogue.search_index.query.suggest import suggest
from gvc_catalogue.search_index.query.understanding import UnderstoodQuery
from gvc_catalogue.web.facet_counts import FacetCount, FacetCounts
from gvc_catalogue.web.pagination import Page, get_page

from ..schema.partial_match import PartialMatchRecord
from ..schema.records import ProgrammeRecord
from .catalogue_snapshot import CatalogueSnapshot
from .facet_definitions import FACETS
from .list_query import ListQuery

# The most partial matches that are shown.
PARTIAL = 20


@dataclass(frozen=True)
class PartialProgramme:
    """A programme that matches some of the words: those it has and those it lacks, as typed.

    `in_context` when it has one of them only in the long wording of its recommendation.
    """

    programme: ProgrammeRecord
    has: list[Clause]
    lacks: list[Clause]
    in_context: bool

    def as_json(self) -> PartialMatchRecord:
        """Return the record of the programme with the words that it has and lacks, in words."""
        words = {"has": list(map(label_of, self.has)), "lacks": list(map(label_of, self.lacks))}
        return {**self.programme, **words, "in": "recommendation" if self.in_context else "own"}


@dataclass(frozen=True)
class SearchResult:
    """One page of the matching programmes, and the number of programmes for each facet value.

    `answer` is the result of the index.
    """

    page: Page
    programmes: list[ProgrammeRecord]
    counts: dict[str, dict[str, int]]
    answer: IndexResult
    catching_up: bool = False

    @property
    def query(self) -> UnderstoodQuery:
        """The words as they were understood."""
        return self.answer.query

    @cached_property
    def _nearest(self) -> list[PartialMatch]:
        return self.answer.partial(PARTIAL + 1) if self.page.number == 1 else []

    @cached_property
    def partial(self) -> list[PartialProgramme]:
        """The partial matches, best first, at most PARTIAL; none on later pages. No query."""
        found = self._nearest[:PARTIAL]
        records = read(self.answer.snapshot.record(match.ordinal) for match in found)
        return [
            PartialProgramme(record, match.has, match.lacks, match.in_context)
            for record, match in zip(records, found, strict=True)
        ]

    @property
    def has_more_partial(self) -> bool:
        """Whether there are more partial matches than PARTIAL."""
        return len(self._nearest) > PARTIAL


def find(selection: ListQuery, page_asked: str = "", edition: CatalogueSnapshot | None = None) -> SearchResult:
    """Return a page of the matching programmes with facet counts. No query with an `edition`.

    `page_asked` is the page number as typed, "" for the first page. Without `edition` the current snapshot is used.
    Raises PageNotFoundError if `page_asked` is not a number or is past the last page.
    """
    edition = edition or CatalogueSnapshot.now()
    answer = matching(selection, edition)
    shown = get_page(page_asked, answer.total)
    programmes = read(answer.records(selection.order, shown.start, shown.stop))
    return SearchResult(shown, programmes, answer.counts, answer, catching_up=edition.catching_up)


def matching(selection: ListQuery, edition: CatalogueSnapshot) -> IndexResult:
    """Return the search result of the index for a list query. No query."""
    return search_index(edition.snapshot, selection.q, selection.chosen)


def newest(
    selection: ListQuery, page_asked: str, size: int, edition: CatalogueSnapshot
) -> tuple[Page, list[ProgrammeRecord]]:
    """Return a page of `size` matching programmes, last recorded first. No query.

    Raises PageNotFoundError as find() does.
    """
    answer = matching(selection, edition)
    shown = get_page(page_asked, answer.total, size)
    return shown, read(answer.records("newest", shown.start, shown.stop))


def read(records: Iterable[bytes]) -> list[ProgrammeRecord]:
    """Return deserialised records: the index stores them as JSON."""
    return [orjson.loads(record) for record in records]


def total(selection: ListQuery, edition: CatalogueSnapshot) -> int:
    """Return the number of matching programmes. No query."""
    return matching(selection, edition).total


def totals(edition: CatalogueSnapshot) -> dict[str, dict[str, int]]:
    """Return the number of programmes by facet and value, over the whole catalogue. No query."""
    return {name: edition.snapshot.facet_totals.get(name, {}) for name in FACETS}


def absent_values(selection: ListQuery, edition: CatalogueSnapshot) -> list[str]:
    """Return the labels of the chosen facet values that no programme has, in the order of the facets. No query."""
    numbers = totals(edition)
    return [
        edition.vocabulary.label(name, value)
        for name, values in selection.chosen.items()
        for value in values
        if not numbers[name].get(value)
    ]


def count_facets() -> FacetCounts:
    """Return facet counts over the whole catalogue: label and number of programmes by facet and value.

    One query, for the revision.
    """
    edition = CatalogueSnapshot.now()
    numbers, labels = totals(edition), edition.vocabulary.labels
    return {
        name: {value: FacetCount(label, numbers[name].get(value, 0)) for value, label in labels[name].items()}
        for name in FACETS
    }


def counts_without(selection: ListQuery, edition: CatalogueSnapshot) -> dict[str, int]:
    """Return for each active parameter the number of matching programmes without it. No query."""
    return {name: total(selection.without(name), edition) for name in selection.active}


def everything(selection: ListQuery, edition: CatalogueSnapshot | None = None) -> Iterator[ProgrammeRecord]:
    """Yield all matching programmes, in the sort order of the list query. No query with an `edition`."""
    answer = matching(selection, edition or CatalogueSnapshot.now())
    yield from map(orjson.loads, answer.every(selection.order))


def window(selection: ListQuery, start: int, stop: int, edition: CatalogueSnapshot) -> list[ProgrammeRecord]:
    """Return the programmes of a list from index `start` to `stop` (excluded). No query."""
    answer = matching(selection, edition)
    return read(answer.records(selection.order, start, min(stop, answer.total)))


def suggested(typed: str, limit: int, edition: CatalogueSnapshot) -> list[ProgrammeRecord]:
    """Return autocomplete suggestions: at most `limit` programmes, best match first. No query.

    The last word of `typed` is matched by prefix.
    """
    return read(suggest(edition.snapshot, typed, limit))


# The most programmes without a country that nowhere() returns.
NOWHERE = 60


def nowhere(edition: CatalogueSnapshot) -> list[ProgrammeRecord]:
    """Return the programmes without a country, sorted by name, at most NOWHERE. No query."""
    snapshot = edition.snapshot
    members = snapshot.all - BitMap.union(BitMap(), *snapshot.facets.get("country", {}).values())
    return read(map(snapshot.record, snapshot.by_name(members, 0, NOWHERE)))
