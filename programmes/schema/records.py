"""Schema of programme records (TypedDicts) and their builder: the same in pages, JSON, exports, OpenAPI, index."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypedDict, cast, get_origin, get_type_hints, is_typeddict

from django.urls import reverse

from gvc_catalogue.formats.publisher import ADOPTED
from gvc_catalogue.web.safe_url import safe_url

from .terms import TermRecord, by_scheme

ANNEX = "Annex of the OECD Tokyo Action Statement, 1 June 2007"


class CountryRecord(TypedDict):
    """A country or economy; `region` is the key of its region."""

    code: str
    name: str
    region: str
    url: str


class OrganisationRecord(TypedDict):
    """A provider or partner; `kind` is the key of its kind of organisation."""

    name: str
    kind: str


class RecommendationRecord(TypedDict):
    """A recommendation; `category` is the code of its category."""

    number: str
    title: str
    category: str
    url: str


class ExampleRecord(TypedDict):
    """A quotation about a programme. `url` and `place` locate it: on the statement's page or in the document quoted.

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
    """A page on another site about a programme; `kind` is a key, `language` a code of ISO 639, "" if unknown."""

    kind: str
    url: str
    title: str
    language: str


class ProgrammeRecord(TypedDict):
    """A programme. Countries and partners are sorted by name; recommendations and examples as in the statement.

    Terms are sorted by scheme: instruments, topics, beneficiaries.

    `status` is a key, `checked_on` the date on which the status was checked, as 2026-11-25, `successor` the slug of the
    programme that it was renamed to or merged into; both are "" if there is none.
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
    terms: list[TermRecord]


HINTS = get_type_hints(ProgrammeRecord)
# The plain fields of a record: neither a relation nor derived from another field. Each is a column of
# Programme and of ProgrammeDraft, by the name in LOOKUPS.
PLAIN = tuple(
    name for name, kind in HINTS.items() if name != "url" and get_origin(kind) is not list and not is_typeddict(kind)
)
LOOKUPS = tuple({"successor": "successor__slug"}.get(name, name) for name in PLAIN)


def blank(kind: Any) -> Any:
    """Return the empty value of a type: a blank record for a TypedDict, [] for a list, "" for a str, else None."""
    if is_typeddict(kind):
        return {name: blank(value) for name, value in get_type_hints(kind).items()}
    return [] if get_origin(kind) is list else "" if kind is str else None


# The blank record: every record has its keys in this order, and its values in place of NULL.
BLANK: dict[str, Any] = blank(ProgrammeRecord)


class ExampleColumns(NamedTuple):
    """The columns of an example that its record is built from; those of the source are None for the annex."""

    position: int
    text: str
    placed_by_inference: bool
    reason: str
    source_title: str | None
    source_url: str | None
    source_date: date | None


class Belongings(NamedTuple):
    """The records that belong to one programme alone."""

    links: list[LinkRecord]
    terms: list[TermRecord]


def programme(
    own: Sequence[Any],
    provider: OrganisationRecord,
    countries: list[CountryRecord],
    partners: list[OrganisationRecord],
    examples: Iterable[tuple[RecommendationRecord, ExampleColumns]],
    belongings: Belongings,
) -> ProgrammeRecord:
    """Return the record of a programme. `own` are the values of LOOKUPS; the other arguments are already sorted.

    Terms are sorted here, by scheme.
    """
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
    record["links"] = belongings.links
    record["terms"] = by_scheme(belongings.terms)
    return cast(ProgrammeRecord, record)


def example(number: str, quoted: ExampleColumns) -> ExampleRecord:
    """Return the record of an example of the recommendation with this number."""
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
    """Return the address of a quotation: its anchor on the statement's page, or the address of its source.

    If the address of the source is not safe to link to, the anchor of the recommendation is returned.
    """
    if not quoted.source_title:
        return f"{statement_address()}#e-{number}-{quoted.position}"
    return safe_url(quoted.source_url) or f"{statement_address()}#r-{number}"


def source_label(quoted: ExampleColumns) -> str:
    """Return the label of the document that an example quotes: its title and date, or the annex."""
    return f"{quoted.source_title} ({quoted.source_date:%d %B %Y})" if quoted.source_title else ANNEX


def place(number: str, quoted: ExampleColumns) -> str:
    """Return the place of an example of this recommendation in words: the source, or row and position in the annex."""
    if quoted.source_title and quoted.source_date:
        return f"{quoted.source_title}, {quoted.source_date.day} {quoted.source_date:%B %Y}"
    return f"Annex, row {number}, example {quoted.position}"


def programme_address(slug: str) -> str:
    """Return the path of the page of a programme."""
    return _pattern("programmes:detail").replace("SLUG", slug)


def texts(record: ProgrammeRecord) -> list[str]:
    """Return the displayed texts of a programme: its name, then its quotations in their order."""
    return [record["name"], *(quoted["text"] for quoted in record["examples"])]


# Cached because one reverse() takes as long as the time budget of a whole page.
@cache
def _pattern(name: str) -> str:
    return reverse(name, args=["SLUG"])


@cache
def statement_address() -> str:
    """Return the path of the statement's page. Cached."""
    return reverse("statement")
