"""Quotations that several programmes share: of which of them a word of the quotation is about."""

from collections.abc import Iterable, Iterator

import orjson
from pyroaring import BitMap

from gvc_catalogue.search_index.query.matching import intersection, members_of
from gvc_catalogue.search_index.query.parser import Clause
from gvc_catalogue.search_index.snapshot import Snapshot

from ..schema.records import ExampleRecord, ProgrammeRecord

# Of more candidates than this none is read: in a large catalogue thousands can have a term.
MOST_CANDIDATES = 50
SENTENCE = "The word stands in the part of the quotation that is about {}."


def note_on_shared_quotation(snapshot: Snapshot, programme: ProgrammeRecord, clauses: Iterable[Clause]) -> str:
    """Return the sentence that a word of the quotation is about another programme, or "". No query.

    That is known where another programme with the same quotation is classified by the term of the word, and this one
    is not.
    """
    about = next(
        (other["name"] for clause in clauses for other in classified_siblings(snapshot, programme, clause)), ""
    )
    return SENTENCE.format(about) if about else ""


def classified_siblings(snapshot: Snapshot, programme: ProgrammeRecord, clause: Clause) -> Iterator[ProgrammeRecord]:
    """Yield the programmes with a quotation of this one that have a term of a clause which this one does not have."""
    ordinal = snapshot.of_slug(programme["slug"])
    for entity in clause.concepts:
        members = members_of(snapshot, entity)
        if ordinal is None or ordinal in members:
            return
        for example in programme["examples"]:
            yield from siblings(snapshot, example, members)


def siblings(snapshot: Snapshot, example: ExampleRecord, among: BitMap) -> Iterator[ProgrammeRecord]:
    """Yield the programmes of a set that have this example; none if the set has too many of its recommendation."""
    candidates = intersection(among, [snapshot.facet("recommendation", example["recommendation"])])
    if len(candidates) <= MOST_CANDIDATES:
        records: Iterator[ProgrammeRecord] = (orjson.loads(snapshot.record(ordinal)) for ordinal in candidates)
        yield from (record for record in records if example in record["examples"])
