"""A programme as it was found: its name and quotations with what was wanted marked, and why it is there at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from gvc_catalogue.search_index.query.highlight import TokenisedText, highlight, matching_form, synonym_of
from gvc_catalogue.search_index.query.parser import Clause, Words
from gvc_catalogue.search_index.snapshot import Snapshot

from ..schema.records import CountryRecord, ExampleRecord, ProgrammeRecord, RecommendationRecord, texts
from .index_document import shared_keys
from .search import SearchResult

# Where a word stands that is not in what is shown, by the kind of the shared text.
PLACES = {
    "country": "in another name of the country",
    "recommendation": "in the recommendation",
    "category": "in the category",
    "provider": "in the provider’s name",
}


@dataclass(frozen=True)
class Quotation:
    """Words of an example, marked or not; where they stand, as an address and in words; why there, when inferred."""

    text: str
    url: str
    place: str
    reason: str


@dataclass(frozen=True)
class ResultCard:
    """What a list shows of a programme; `ticked` for a brief."""

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
    """Return the programmes of a page as they are shown; no query."""
    wants = [want for want in found.answer.wants if not want.excluded]
    if not wants:
        return [result_card(programme, texts(programme), []) for programme in found.programmes]
    return [highlighted_card(programme, wants, found.answer.snapshot) for programme in found.programmes]


def highlighted_card(programme: ProgrammeRecord, wants: list[Clause], snapshot: Snapshot) -> ResultCard:
    """Return a programme as it is shown, with what is wanted marked, and why it is there."""
    lines = [TokenisedText.of(text) for text in texts(programme)]
    why = list(reasons(snapshot, programme, [line.stems for line in lines], wants))
    return result_card(programme, [highlight(line, wants) for line in lines], why)


def result_card(programme: ProgrammeRecord, shown: list[str], why: list[str]) -> ResultCard:
    """Return a programme as it is shown: `shown` are its name and quotations, marked or not."""
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
    """Return the words of an example as they are shown: as they stand, or as `text`, marked."""
    return Quotation(text or example["text"], example["url"], example["place"], inferred(example))


def inferred(example: ExampleRecord) -> str:
    """Return why an example was placed in its row by inference; "" when the print says it."""
    return example["reason"] if example["placed_by_inference"] else ""


def reasons(snapshot: Snapshot, programme: ProgrammeRecord, lines: list[Words], wants: list[Clause]) -> Iterator[str]:
    """Yield why a programme was found, as far as `lines`, the stems of its name and quotations, do not show it."""
    for want in wants:
        form = matching_form(want, lines)
        if form is None:
            yield from elsewhere(snapshot, programme, want)
        elif synonym := synonym_of(want, form):
            yield f"{want.typed} = {synonym}"


def elsewhere(snapshot: Snapshot, programme: ProgrammeRecord, want: Clause) -> Iterator[str]:
    """Yield the first of the texts that a programme shares with others where a want stands."""
    for form in want.phrases or ((word,) for word in want.apart):
        among = set(snapshot.shared_keys(form))
        for key in keys_of(programme):
            if key in among:
                synonym = synonym_of(want, form)
                yield f"{want.typed}{f' = {synonym}' if synonym else ''}: {where(key, programme)}"
                return


def keys_of(programme: ProgrammeRecord) -> tuple[str, ...]:
    """Return the keys of the texts that a programme shares."""
    served = programme["recommendations"]
    return shared_keys(
        [country["code"] for country in programme["countries"]],
        [recommendation["number"] for recommendation in served],
        dict.fromkeys(recommendation["category"] for recommendation in served),
        programme["provider"]["name"],
    )


def where(key: str, programme: ProgrammeRecord) -> str:
    """Return where a shared text stands, in words."""
    kind, _, value = key.partition(":")
    if kind == "country":
        name = next(country["name"] for country in programme["countries"] if country["code"] == value)
        return f"{PLACES[kind]} ({name})"
    return PLACES[kind] if kind == "provider" else f"{PLACES[kind]} {value}"
