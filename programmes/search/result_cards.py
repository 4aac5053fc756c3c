"""Result cards: programmes with highlighting of the matches and the reasons why they matched."""

from collections.abc import Iterator
from dataclasses import dataclass

from gvc_catalogue.search_index.query.highlight import TokenisedText, highlight, matching_form, synonym_of
from gvc_catalogue.search_index.query.parser import Clause
from gvc_catalogue.search_index.query.tokeniser import Words
from gvc_catalogue.search_index.snapshot import Snapshot

from ..schema.records import CountryRecord, ExampleRecord, ProgrammeRecord, RecommendationRecord, texts
from .index_document import shared_keys
from .search import SearchResult

# Location of a match outside the name and quotations, by the kind of the shared text.
PLACES = {
    "country": "in another name of the country",
    "recommendation": "in the recommendation",
    "category": "in the category",
    "title": "in the title of the recommendation",
    "short-title": "in the title of the category",
    "provider": "in the provider’s name",
}


@dataclass(frozen=True)
class Quotation:
    """Text of an example, highlighted or plain; address and place of its source; `reason` if placed by inference."""

    text: str
    url: str
    place: str
    reason: str


@dataclass(frozen=True)
class ResultCard:
    """A programme as it is displayed in a list; `ticked` if it is selected for a brief."""

    slug: str
    url: str
    name: str
    countries: list[CountryRecord]
    provider: str
    quotations: list[Quotation]
    served: list[RecommendationRecord]
    reasons: str = ""
    ticked: bool = False


def result_cards(found: SearchResult) -> list[ResultCard]:
    """Return the cards of the programmes of a page, in their order, highlighted if there are search words. No query."""
    clauses = [clause for clause in found.answer.clauses if not clause.excluded]
    if not clauses:
        return [result_card(programme, texts(programme), []) for programme in found.programmes]
    return [highlighted_card(programme, clauses, found.answer.snapshot) for programme in found.programmes]


def highlighted_card(programme: ProgrammeRecord, clauses: list[Clause], snapshot: Snapshot) -> ResultCard:
    """Return the card of a programme, with matches highlighted and reasons. No query."""
    lines = [TokenisedText.of(text) for text in texts(programme)]
    why = list(reasons(snapshot, programme, [line.stems for line in lines], clauses))
    return result_card(programme, [highlight(line, clauses) for line in lines], why)


def result_card(programme: ProgrammeRecord, shown: list[str], why: list[str]) -> ResultCard:
    """Return the card of a programme: `shown` are its name and quotations, highlighted or plain; `why` the reasons."""
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
        reasons="; ".join(why),
    )


def quotation(example: ExampleRecord, text: str = "") -> Quotation:
    """Return the quotation of an example: its own text, or `text`, which is highlighted."""
    return Quotation(text or example["text"], example["url"], example["place"], inferred(example))


def inferred(example: ExampleRecord) -> str:
    """Return why an example was placed in its row by inference, or "" if the print shows its row."""
    return example["reason"] if example["placed_by_inference"] else ""


def reasons(snapshot: Snapshot, programme: ProgrammeRecord, lines: list[Words], clauses: list[Clause]) -> Iterator[str]:
    """Yield why a programme matched, for matches by synonym or outside its name and quotations.

    `lines` are the stems of its name and quotations.
    """
    for clause in clauses:
        form = matching_form(clause, lines)
        if form is None:
            yield from elsewhere(snapshot, programme, clause)
        elif synonym := synonym_of(clause, form):
            yield f"{clause.typed} = {synonym}"


def elsewhere(snapshot: Snapshot, programme: ProgrammeRecord, clause: Clause) -> Iterator[str]:
    """Yield the first shared text of a programme that matches a clause, in words; nothing if none matches."""
    for form in clause.phrases or ((word,) for words in clause.apart for word in words):
        among = set(snapshot.shared_keys(form))
        for key in keys_of(programme):
            if key in among:
                synonym = synonym_of(clause, form)
                yield f"{clause.typed}{f' = {synonym}' if synonym else ''}: {where(key, programme)}"
                return


def keys_of(programme: ProgrammeRecord) -> tuple[str, ...]:
    """Return the keys of the texts that a programme shares with others."""
    served = programme["recommendations"]
    return shared_keys(
        [country["code"] for country in programme["countries"]],
        [recommendation["number"] for recommendation in served],
        dict.fromkeys(recommendation["category"] for recommendation in served),
        programme["provider"]["name"],
    )


def where(key: str, programme: ProgrammeRecord) -> str:
    """Return the location of a shared text in words: "in the recommendation 2.1"."""
    kind, _, value = key.partition(":")
    if kind == "country":
        name = next(country["name"] for country in programme["countries"] if country["code"] == value)
        return f"{PLACES[kind]} ({name})"
    return PLACES[kind] if kind == "provider" else f"{PLACES[kind]} {value}"
