"""Programme lookup by slug; related programmes (more like this), sibling programmes, previous and next in a list."""

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

# The most shared words that are listed for a related programme.
SHARED = 4


def get_programme(slug: str, edition: CatalogueSnapshot) -> ProgrammeRecord | None:
    """Return the programme with this slug, or None if there is none. No query."""
    return get_programmes([slug], edition).get(slug)


def get_programmes(slugs: Iterable[str], edition: CatalogueSnapshot) -> dict[str, ProgrammeRecord]:
    """Return the programmes with these slugs, by slug; unknown slugs are left out. No query."""
    snapshot = edition.snapshot
    ordinals = {slug: snapshot.of_slug(slug) for slug in slugs}
    return {slug: orjson.loads(snapshot.record(o)) for slug, o in ordinals.items() if o is not None}


@dataclass(frozen=True)
class Related:
    """A related programme, and the words that both programmes contain."""

    programme: ProgrammeRecord
    shares: list[str]


def related(programme: ProgrammeRecord, limit: int, edition: CatalogueSnapshot) -> list[Related]:
    """Return at most `limit` other programmes that serve any of the same recommendations, most similar first. No query.

    Similarity is computed from the rarest words of the name and quotations.
    """
    serving = [served["number"] for served in programme["recommendations"]]
    words = texts(programme)

    found = read(
        more_like_this(edition.snapshot, programme["slug"], words, [f"recommendation:{n}" for n in serving], limit)
    )
    return [Related(other, shared_words(words, texts(other))[:SHARED]) for other in found]


@dataclass(frozen=True)
class SiblingProgrammes:
    """Other programmes, sorted by name: of the same provider, and of other providers in the same countries."""

    same_provider: list[ProgrammeRecord]
    same_countries: list[ProgrammeRecord]


def sibling_programmes(programme: ProgrammeRecord, limit: int, edition: CatalogueSnapshot) -> SiblingProgrammes:
    """Return other programmes of the same provider and of the same countries, at most `limit` each. No query."""
    snapshot = edition.snapshot
    own = snapshot.of_slug(programme["slug"])
    itself = BitMap() if own is None else BitMap([own])
    run = snapshot.shared_members([f"provider:{programme['provider']['name']}"])
    there = BitMap.union(BitMap(), *(snapshot.facet("country", c["code"]) for c in programme["countries"]))
    others = (snapshot.by_name(found - itself, 0, limit) for found in (run, there - run))
    return SiblingProgrammes(*(read(map(snapshot.record, ordinals)) for ordinals in others))


@dataclass(frozen=True)
class ListPosition:
    """A programme in a list, and the number of its page in the list."""

    programme: ProgrammeRecord
    page: int


@dataclass(frozen=True)
class Neighbours:
    """The previous and next programme in a list, and the page number of the programme itself."""

    previous: ListPosition | None
    next: ListPosition | None
    page: int


def neighbours(selection: ListQuery, slug: str, page_number: int, edition: CatalogueSnapshot) -> Neighbours | None:
    """Return the previous and next programme on this page of a list, or None if the page lacks the programme.

    No query.
    """
    start = max(0, (page_number - 1) * PAGE_SIZE - 1)
    rows = window(selection, start, page_number * PAGE_SIZE + 1, edition)
    places = [ListPosition(row, (start + i) // PAGE_SIZE + 1) for i, row in enumerate(rows)]
    i = next((i for i, row in enumerate(rows) if row["slug"] == slug), None)
    if i is None:
        return None
    after = places[i + 1] if i + 1 < len(places) else None
    return Neighbours(places[i - 1] if i else None, after, places[i].page)
