"""Related programmes as a programme's page shows them: what both share, and the status of each."""

from dataclasses import dataclass

from ..schema.records import ProgrammeRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.lookup import related
from .status_tag import StatusTag, status_tag

# The most shared things that a card names.
SHARED = 4


@dataclass(frozen=True)
class RelatedProgramme:
    """A related programme: the recommendations and terms that both share, in words, and its status."""

    programme: ProgrammeRecord
    shares: list[str]
    tag: StatusTag


def related_programmes(programme: ProgrammeRecord, limit: int, edition: CatalogueSnapshot) -> list[RelatedProgramme]:
    """Return at most `limit` related programmes, most similar first. No query."""
    return [
        RelatedProgramme(other, shared(programme, other)[:SHARED], status_tag(other))
        for other in related(programme, limit, edition)
    ]


def shared(one: ProgrammeRecord, other: ProgrammeRecord) -> list[str]:
    """Return the numbers of the recommendations, then the labels of the terms, that both programmes have."""
    numbers = [served["number"] for served in other["recommendations"]]
    keys = {term["key"] for term in other["terms"]}
    return [
        *(served["number"] for served in one["recommendations"] if served["number"] in numbers),
        *(term["label"] for term in one["terms"] if term["key"] in keys),
    ]
