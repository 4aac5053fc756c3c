"""One programme, and what stands near it: in the list it was reached from, by its provider, country and words."""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson
from pyroaring import BitMap

from gvc_catalogue.lib.listing import PAGE_SIZE
from gvc_catalogue.lib.text_index.nearby import in_common, like
from gvc_catalogue.lib.text_index.snapshot import Snapshot

from .edition import Edition
from .models import Programme
from .records import ProgrammeRecord, texts
from .search import read, window
from .selection import Selection
from .serializers import programme_record

# So many words that two programmes share are said.
SHARED = 4


def one(slug: str, edition: Edition) -> ProgrammeRecord | None:
    """Return the programme at an address; None when there is none."""

    def by_index(snapshot: Snapshot) -> ProgrammeRecord | None:
        ordinal = snapshot.of_slug(slug)
        found: ProgrammeRecord | None = None if ordinal is None else orjson.loads(snapshot.record(ordinal))
        return found

    def by_database() -> ProgrammeRecord | None:
        programme = Programme.objects.with_details().filter(slug=slug).first()
        return programme_record(programme) if programme else None

    return edition.answer(by_index, by_database)


def several(slugs: Iterable[str], edition: Edition) -> dict[str, ProgrammeRecord]:
    """Return the programmes at these addresses, as far as there are any; no query while the index answers."""
    slugs = list(dict.fromkeys(slugs))

    def by_index(snapshot: Snapshot) -> dict[str, ProgrammeRecord]:
        ordinals = {slug: snapshot.of_slug(slug) for slug in slugs}
        return {slug: orjson.loads(snapshot.record(o)) for slug, o in ordinals.items() if o is not None}

    def by_database() -> dict[str, ProgrammeRecord]:
        found = Programme.objects.with_details().filter(slug__in=slugs)
        return {programme.slug: programme_record(programme) for programme in found}

    return edition.answer(by_index, by_database)


@dataclass(frozen=True)
class Related:
    """Another programme, and words that both have."""

    programme: ProgrammeRecord
    shares: list[str]


def related(programme: ProgrammeRecord, limit: int, edition: Edition) -> list[Related]:
    """Return others that serve the same recommendations, the likest first."""
    serving = [served["number"] for served in programme["recommendations"]]
    words = texts(programme)

    def by_index(snapshot: Snapshot) -> list[ProgrammeRecord]:
        return read(like(snapshot, programme["slug"], words, [f"recommendation:{n}" for n in serving], limit))

    def by_database() -> list[ProgrammeRecord]:
        found = Programme.objects.beside(programme["slug"], examples__recommendation__number__in=serving)
        return list(map(programme_record, found.with_details()[:limit]))

    found = edition.answer(by_index, by_database)
    return [Related(other, in_common(words, texts(other))[:SHARED]) for other in found]


@dataclass(frozen=True)
class Beside:
    """Other programmes by name: of the same provider, and by other providers in the same countries."""

    same_provider: list[ProgrammeRecord]
    same_countries: list[ProgrammeRecord]


def beside(programme: ProgrammeRecord, limit: int, edition: Edition) -> Beside:
    """Return the first of the others of its provider and of its countries."""
    provider = programme["provider"]["name"]
    codes = [country["code"] for country in programme["countries"]]

    def by_index(snapshot: Snapshot) -> Beside:
        own = snapshot.of_slug(programme["slug"])
        itself = BitMap() if own is None else BitMap([own])
        run = snapshot.shared_members([f"provider:{provider}"])
        there = BitMap.union(BitMap(), *(snapshot.facet("country", code) for code in codes))
        others = (snapshot.by_name(found - itself, 0, limit) for found in (run, there - run))
        return Beside(*(read(map(snapshot.record, ordinals)) for ordinals in others))

    def by_database() -> Beside:
        others = Programme.objects.with_details()
        run = others.beside(programme["slug"], provider__name=provider)[:limit]
        there = others.beside(programme["slug"], countries__code__in=codes).exclude(provider__name=provider)[:limit]
        return Beside(list(map(programme_record, run)), list(map(programme_record, there)))

    return edition.answer(by_index, by_database)


@dataclass(frozen=True)
class Place:
    """A programme in a list, and the page of the list that it stands on."""

    programme: ProgrammeRecord
    page: int


@dataclass(frozen=True)
class Neighbours:
    """What stands before and after a programme in a list, and the page that it stands on itself."""

    previous: Place | None
    next: Place | None
    page: int


def neighbours(selection: Selection, slug: str, page_number: int, edition: Edition) -> Neighbours | None:
    """Return what stands beside a programme on that page of a list; None when it does not stand there."""
    start = max(0, (page_number - 1) * PAGE_SIZE - 1)
    rows = window(selection, start, page_number * PAGE_SIZE + 1, edition)
    places = [Place(row, (start + i) // PAGE_SIZE + 1) for i, row in enumerate(rows)]
    i = next((i for i, row in enumerate(rows) if row["slug"] == slug), None)
    if i is None:
        return None
    after = places[i + 1] if i + 1 < len(places) else None
    return Neighbours(places[i - 1] if i else None, after, places[i].page)
