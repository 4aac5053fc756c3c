"""One programme, and what stands near it: in the list it was reached from, by its provider, country and words."""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson
from pyroaring import BitMap

from gvc_catalogue.search_index.query.suggest import more_like_this, shared_words
from gvc_catalogue.web.pagination import PAGE_SIZE

from ..schema.records import ProgrammeRecord, texts
from .catalogue_snapshot import CatalogueSnapshot
from .list_query import ListQuery
from .search import read, window

# So many words that two programmes share are said.
SHARED = 4


def get_programme(slug: str, edition: CatalogueSnapshot) -> ProgrammeRecord | None:
    """Return the programme with this slug; None when there is none. No query."""
    return get_programmes([slug], edition).get(slug)


def get_programmes(slugs: Iterable[str], edition: CatalogueSnapshot) -> dict[str, ProgrammeRecord]:
    """Return the programmes with these slugs, by slug; those that do not exist are left out. No query."""
    snapshot = edition.snapshot
    ordinals = {slug: snapshot.of_slug(slug) for slug in slugs}
    return {slug: orjson.loads(snapshot.record(o)) for slug, o in ordinals.items() if o is not None}


@dataclass(frozen=True)
class Related:
    """Another programme, and words that both have."""

    programme: ProgrammeRecord
    shares: list[str]


def related(programme: ProgrammeRecord, limit: int, edition: CatalogueSnapshot) -> list[Related]:
    """Return others that serve the same recommendations, the likest first; no query."""
    serving = [served["number"] for served in programme["recommendations"]]
    words = texts(programme)

    found = read(
        more_like_this(edition.snapshot, programme["slug"], words, [f"recommendation:{n}" for n in serving], limit)
    )
    return [Related(other, shared_words(words, texts(other))[:SHARED]) for other in found]


@dataclass(frozen=True)
class SiblingProgrammes:
    """Other programmes by name: of the same provider, and by other providers in the same countries."""

    same_provider: list[ProgrammeRecord]
    same_countries: list[ProgrammeRecord]


def sibling_programmes(programme: ProgrammeRecord, limit: int, edition: CatalogueSnapshot) -> SiblingProgrammes:
    """Return the first of the others of its provider and of its countries; no query."""
    snapshot = edition.snapshot
    own = snapshot.of_slug(programme["slug"])
    itself = BitMap() if own is None else BitMap([own])
    run = snapshot.shared_members([f"provider:{programme['provider']['name']}"])
    there = BitMap.union(BitMap(), *(snapshot.facet("country", c["code"]) for c in programme["countries"]))
    others = (snapshot.by_name(found - itself, 0, limit) for found in (run, there - run))
    return SiblingProgrammes(*(read(map(snapshot.record, ordinals)) for ordinals in others))


@dataclass(frozen=True)
class ListPosition:
    """A programme in a list, and the page of the list that it stands on."""

    programme: ProgrammeRecord
    page: int


@dataclass(frozen=True)
class Neighbours:
    """What stands before and after a programme in a list, and the page that it stands on itself."""

    previous: ListPosition | None
    next: ListPosition | None
    page: int


def neighbours(selection: ListQuery, slug: str, page_number: int, edition: CatalogueSnapshot) -> Neighbours | None:
    """Return what stands beside a programme on that page of a list; None when it does not stand there."""
    start = max(0, (page_number - 1) * PAGE_SIZE - 1)
    rows = window(selection, start, page_number * PAGE_SIZE + 1, edition)
    places = [ListPosition(row, (start + i) // PAGE_SIZE + 1) for i, row in enumerate(rows)]
    i = next((i for i, row in enumerate(rows) if row["slug"] == slug), None)
    if i is None:
        return None
    after = places[i + 1] if i + 1 < len(places) else None
    return Neighbours(places[i - 1] if i else None, after, places[i].page)
