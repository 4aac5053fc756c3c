"""Record types and their one builder: a programme has one shape in pages, JSON, exports, OpenAPI and the index."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypedDict, cast, get_origin, get_type_hints, is_typeddict

from django.urls import reverse

from gvc_catalogue.formats.publisher import ADOPTED
from gvc_catalogue.web.safe_url import safe_url

ANNEX = "Annex of the OECD Tokyo Action Statement, 1 June 2007"


class CountryRecord(TypedDict):
    """A country or economy; `region` is its key."""

    code: str
    name: str
    region: str
    url: str


class OrganisationRecord(TypedDict):
    """A provider or partner; `kind` is its key."""

    name: str
    kind: str


class RecommendationRecord(TypedDict):
    """A recommendation; `category` is its code."""

    number: str
    title: str
    category: str
    url: str


class ExampleRecord(TypedDict):
    """`url` and `place` say where the words stand: on the statement's page, or in the document quoted.

    `source_date` is the date of that document, as 2007-06-01.
    """

    recommendation: str
    position: int
    text: str
    source: str
    source_date: str
    url: str
    place: str
    placed_by_inference: bool
    reason: str


class LinkRecord(TypedDict):
    """A page elsewhere about a programme; `kind` is its key, `language` as in ISO 639, "" where it is not known."""

    kind: str
    url: str
    title: str
    language: str


class ProgrammeRecord(TypedDict):
    """Countries by name, partners by name; recommendations and examples in the order of the statement.

    `status` is its key, `checked_on` the day on which it was looked up, as 2026-11-25, `successor` the slug of what it
    is called now or was merged into; "" where there is none.
    """

    slug: str
    name: str
    url: str
    countries: list[CountryRecord]
    provider: OrganisationRecord
    partners: list[OrganisationRecord]
    recommendations: list[RecommendationRecord]
    examples: list[ExampleRecord]
    status: str
    checked_on: str
    successor: str
    links: list[LinkRecord]


HINTS = get_type_hints(ProgrammeRecord)
# The plain values of a record: those that are neither relations nor made of another value. Each is a column of
# Programme and of ProgrammeDraft, by the name in LOOKUPS.
PLAIN = tuple(
    name for name, kind in HINTS.items() if name != "url" and get_origin(kind) is not list and not is_typeddict(kind)
)
LOOKUPS = tuple({"successor": "successor__slug"}.get(name, name) for name in PLAIN)


def blank(kind: Any) -> Any:
    """Return what stands for nothing in a value of this type."""
    if is_typeddict(kind):
        return {name: blank(value) for name, value in get_type_hints(kind).items()}
    return [] if get_origin(kind) is list else "" if kind is str else None


# The record of nothing: every record has its keys in this order, and these in place of NULL.
BLANK: dict[str, Any] = blank(ProgrammeRecord)


class ExampleColumns(NamedTuple):
    """The columns of an example that a record is made of; those of its source are None for the annex."""

    position: int
    text: str
    placed_by_inference: bool
    reason: str
    source_title: str | None
    source_url: str | None
    source_date: date | None


def programme(
    own: Sequence[Any],
    provider: OrganisationRecord,
    countries: list[CountryRecord],
    partners: list[OrganisationRecord],
    examples: Iterable[tuple[RecommendationRecord, ExampleColumns]],
    links: list[LinkRecord],
) -> ProgrammeRecord:
    """Return the record of a programme: `own` are the values of LOOKUPS, the others are already in their order."""
    examples, record = list(examples), BLANK.copy()
    for name, value in zip(PLAIN, own, strict=True):
        if value is not None:
            record[name] = value.isoformat() if isinstance(value, date) else value
    record["url"] = programme_address(record["slug"])
    record["countries"] = countries
    record["provider"] = provider
    record["partners"] = partners
    record["recommendations"] = list({served["number"]: served for served, _ in examples}.values())
    record["examples"] = [example(served["number"], quoted) for served, quoted in examples]
    record["links"] = links
    return cast(ProgrammeRecord, record)


def example(number: str, quoted: ExampleColumns) -> ExampleRecord:
    """Return the record of an example of this recommendation."""
    return {
        "recommendation": number,
        "position": quoted.position,
        "text": quoted.text,
        "source": source_label(quoted),
        "source_date": (quoted.source_date or ADOPTED).isoformat(),
        "url": where(number, quoted),
        "place": place(number, quoted),
        "placed_by_inference": quoted.placed_by_inference,
        "reason": quoted.reason,
    }


def where(number: str, quoted: ExampleColumns) -> str:
    """Return the address of an example's words; of a document without one that can be followed, its recommendation."""
    if not quoted.source_title:
        return f"{statement_address()}#e-{number}-{quoted.position}"
    return safe_url(quoted.source_url) or f"{statement_address()}#r-{number}"


def source_label(quoted: ExampleColumns) -> str:
    """Return the document that an example quotes, in words."""
    return f"{quoted.source_title} ({quoted.source_date:%d %B %Y})" if quoted.source_title else ANNEX


def place(number: str, quoted: ExampleColumns) -> str:
    """Return where an example of this recommendation stands, in words."""
    if quoted.source_title and quoted.source_date:
        return f"{quoted.source_title}, {quoted.source_date.day} {quoted.source_date:%B %Y}"
    return f"Annex, row {number}, example {quoted.position}"


def programme_address(slug: str) -> str:
    """Return the address of a programme's page."""
    return _pattern("programmes:detail").replace("SLUG", slug)


def texts(record: ProgrammeRecord) -> list[str]:
    """Return the words that a programme is shown with: its name and its quotations."""
    return [record["name"], *(quoted["text"] for quoted in record["examples"])]


# Django takes as long to make one address as we may take for a whole page.
@cache
def _pattern(name: str) -> str:
    return reverse(name, args=["SLUG"])


@cache
def statement_address() -> str:
    """Return the address of the statement's page."""
    return reverse("statement")
