"""Status tag: the status of a programme as a sign with words, on cards, on its page and in comparisons."""

from dataclasses import dataclass, replace

from ..models.status import Certainty
from ..schema.records import ProgrammeRecord
from ..search.result_cards import ResultCard, result_cards
from ..search.search import SearchResult
from .status_and_links import status_words


@dataclass(frozen=True)
class StatusTag:
    """The status of a programme: its key, which gives sign and tone, its words, and whether it is only inferred."""

    status: str
    words: str
    inferred: bool


def status_tag(record: ProgrammeRecord) -> StatusTag:
    """Return the status tag of a programme. No query."""
    return StatusTag(record["status"], status_words(record), record["certainty"] == Certainty.INFERRED)


def tagged_cards(found: SearchResult) -> list[ResultCard]:
    """Return the cards of the programmes of a page, each with its status in words. No query."""
    cards = zip(result_cards(found), map(status_tag, found.programmes), strict=True)
    return [replace(card, status=tag.status, status_words=tag.words, inferred=tag.inferred) for card, tag in cards]
