"""Result cards: programmes with highlighting of the matches and the reasons why they matched, fully or in part."""

from dataclasses import dataclass, field, replace

from gvc_catalogue.search_index.query.highlight import TokenisedText, highlight
from gvc_catalogue.search_index.query.parser import Clause
from gvc_catalogue.search_index.snapshot import Snapshot

from ..schema.records import CountryRecord, ExampleRecord, ProgrammeRecord, RecommendationRecord, texts
from .reasons import Reason, justifying_clauses, reasons, short_label
from .search import PartialProgramme, SearchResult
from .shared_quotations import note_on_shared_quotation

# The most words that a card of a partial match names of those that it has, and of those that it lacks.
MOST_WORDS = 6


@dataclass(frozen=True)
class Quotation:
    """Text of an example, highlighted or plain; address and place of its source; `reason` if placed by inference."""

    text: str
    url: str
    place: str
    reason: str


@dataclass(frozen=True)
class ResultCard:
    """A programme as it is displayed in a list; `ticked` if it is selected for a brief.

    `reasons` say in words by what a full match has the words. Of a partial match `has` and `lacks` are the parts of the
    query that it has and lacks, each with its `text`; `note` says that a word is about another programme.
    """

    slug: str
    url: str
    name: str
    countries: list[CountryRecord]
    provider: str
    quotations: list[Quotation]
    served: list[RecommendationRecord]
    reasons: str = ""
    ticked: bool = False
    has: list[dict[str, str]] = field(default_factory=list)
    lacks: list[dict[str, str]] = field(default_factory=list)
    note: str = ""


def result_cards(found: SearchResult) -> list[ResultCard]:
    """Return the cards of the programmes of a page, in their order, highlighted if there are search words. No query."""
    clauses, snapshot = found.answer.wanted, found.answer.snapshot
    if not clauses:
        return [result_card(programme, texts(programme)) for programme in found.programmes]
    shown = [highlighted_card(programme, clauses, snapshot) for programme in found.programmes]
    return [replace(card, reasons="; ".join(why.text for why in found if why.through)) for card, found in shown]


def partial_cards(found: SearchResult) -> list[ResultCard]:
    """Return the cards of the partial matches, in their order. No query."""
    return [partial_card(match, found.answer.snapshot) for match in found.partial]


def partial_card(match: PartialProgramme, snapshot: Snapshot) -> ResultCard:
    """Return the card of a partial match: what it has, with the place or term by which it has it, and what it lacks."""
    card, found = highlighted_card(match.programme, match.has, snapshot)
    return replace(
        card,
        has=shortened([why.text for why in found]),
        lacks=shortened([short_label(clause) for clause in match.lacks]),
        note=note_on_shared_quotation(snapshot, match.programme, match.has),
    )


def shortened(words: list[str]) -> list[dict[str, str]]:
    """Return the words of a card, each with its `text`; of more than MOST_WORDS the first, and how many more."""
    more = len(words) - MOST_WORDS
    shown = [*words[:MOST_WORDS], f"{more} more words"] if more > 1 else words
    return [{"text": word} for word in shown]


def highlighted_card(
    programme: ProgrammeRecord, clauses: list[Clause], snapshot: Snapshot
) -> tuple[ResultCard, list[Reason]]:
    """Return the card of a programme that has these clauses, with the matches highlighted, and the reasons. No query.

    The words that justify a term by which it matches are highlighted like matches.
    """
    lines = [TokenisedText.of(text) for text in texts(programme)]
    why = reasons(snapshot, programme, [line.stems for line in lines], clauses)
    marked = [*clauses, *justifying_clauses(why)]
    return result_card(programme, [highlight(line, marked) for line in lines]), why


def result_card(programme: ProgrammeRecord, shown: list[str]) -> ResultCard:
    """Return the card of a programme; `shown` are its name and quotations, highlighted or plain."""
    name, *quotations = shown
    examples = zip(programme["examples"], quotations, strict=True)
    return ResultCard(
        slug=programme["slug"],
        url=programme["url"],
        name=name,
        countries=programme["countries"],
        provider=programme["provider"]["name"],
        quotations=[quotation(example, text) for example, text in examples],
        served=programme["recommendations"],
    )


def quotation(example: ExampleRecord, text: str = "") -> Quotation:
    """Return the quotation of an example: its own text, or `text`, which is highlighted."""
    return Quotation(text or example["text"], example["url"], example["place"], inferred(example))


def inferred(example: ExampleRecord) -> str:
    """Return why an example was placed in its row by inference, or "" if the print shows its row."""
    return example["reason"] if example["placed_by_inference"] else ""
