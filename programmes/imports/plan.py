"""Import plan: each row is classified as new, changed, unchanged or refused, with the reasons of a refusal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import slugify

from gvc_catalogue.formats.table_reader import Row
from gvc_catalogue.history import content
from gvc_catalogue.history.content import Content, is_same_content
from gvc_catalogue.history.differences import FieldChange, differences

from ..models import DraftLink, LinkKind, Programme, ProgrammeDraft, Status
from .bulk_write import PLAIN
from .columns import TEXTS, each, one, several
from .lookups import ImportLookups

CHUNK = 500
NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
# Additional cell of a row: the slug that was generated for it, where it had none.
MADE = "made from the name"
# Default content of a new programme, for columns that are missing.
BLANK: Content = content.blank(Programme) | {"status": Status.NOT_YET_CHECKED.value}


@dataclass
class PlannedRow:
    """Planned effect of one row. `key` and `before` are those of the published programme, if there is one."""

    number: int
    kind: str
    content: Content
    key: int | None = None
    before: Content | None = None
    reasons: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.content.get("name") or self.content.get("slug") or "")

    @property
    def changes(self) -> list[FieldChange]:
        """Return the diff: the fields that change, with their old and new values. No query."""
        return differences(Programme, self.before, self.content)


def plan(rows: Iterable[Row], lock: bool = False) -> Iterator[list[PlannedRow]]:
    """Yield the planned rows in chunks of up to 500; a dozen queries per chunk.

    With `lock` the programmes that are read are locked until the transaction ends.
    """
    rows, seen = iter(rows), dict[str, int]()
    while chunk := list(islice(rows, CHUNK)):
        known = ImportLookups.to(with_slugs := [_with_slug(row) for row in chunk], lock)
        yield [_planned(row, known, seen) for row in with_slugs]


def _with_slug(row: Row) -> Row:
    """Return the row with a slug: a row without one gets a slug generated from its name."""
    slug = one(row.cells.get("slug", ""))
    made = "" if slug else slugify(one(row.cells.get("name", "")))[:120]
    return row._replace(cells={**row.cells, "slug": slug or made, MADE: made})


def _planned(row: Row, known: ImportLookups, seen: dict[str, int]) -> PlannedRow:
    slug = row.cells["slug"]
    key, before = known.programmes.get(slug, (None, None))
    content, reasons = _content(row, known, before)
    if before is None or not is_same_content(before, content):
        reasons += _standing_in_the_way(slug, key, known)
    if row.cells[MADE] and before:
        reasons.append(f"“{before['name']}” has the address {slug} already: write it if it is meant, or another one.")
    if slug in seen:
        reasons.append(f"“{slug}” stands in row {seen[slug]} already.")
    seen.setdefault(slug, row.number)
    if not reasons:
        reasons += _wrong(content, key)
    kind = REFUSED if reasons else NEW if before is None else UNCHANGED if is_same_content(before, content) else CHANGED
    return PlannedRow(row.number, kind, content, key, before, reasons)


def _standing_in_the_way(slug: str, key: int | None, known: ImportLookups) -> Iterator[str]:
    if not slug:
        yield "It has neither an address nor a name to make one of."
    if key is None and slug in known.former:
        yield known.former[slug]
    if slug in known.drafted or key in known.drafted:
        yield "There is a draft of it already: publish or delete that first."


def _content(row: Row, known: ImportLookups, before: Content | None) -> tuple[Content, list[str]]:
    """Return the content of the programme after the import, and errors. A missing column leaves its field unchanged."""
    content, reasons = {**BLANK, **(before or {})}, list[str]()
    for column, cell in row.cells.items():
        try:
            content |= READERS[column](cell, known, content) if column in READERS else {}
        except ValueError as wrong:
            reasons.append(str(wrong))
    try:
        content["links"] = _links(row, content)
    except ValueError as wrong:
        reasons.append(str(wrong))
    return content, reasons


def _text(column: str) -> Any:
    return lambda cell, known, content: {column: one(cell)}


def _references(column: str, noun: str, among: str) -> Any:
    def read(cell: str, known: ImportLookups, content: Content) -> Content:
        found = [_reference(value, noun, getattr(known, among)) for value in several(cell)]
        return {column: sorted(found, key=lambda reference: (reference[1], reference[0]))}

    return read


def _one_reference(column: str, noun: str, among: str) -> Any:
    def read(cell: str, known: ImportLookups, content: Content) -> Content:
        value = one(cell)
        return {column: _reference(value, noun, getattr(known, among)) if value else None}

    return read


def _reference(value: str, noun: str, among: dict[str, Any]) -> Any:
    if value not in among:
        meant = next((code for code, (_, name) in among.items() if name.casefold() == value.casefold()), "")
        raise ValueError(f"There is no {noun} “{value}” in the catalogue{f'; write {meant}' if meant else ''}.")
    return among[value]


def _status(cell: str, known: ImportLookups, content: Content) -> Content:
    value = one(cell) or Status.NOT_YET_CHECKED.value
    if value not in Status.values:
        raise ValueError(f"There is no status “{value}”; possible are {', '.join(Status.values)}.")
    return {"status": value}


def _date(cell: str, known: ImportLookups, content: Content) -> Content:
    value = one(cell)
    try:
        found = parse_date(value) if value else None
    except ValueError:
        found = None
    if value and not found:
        raise ValueError(f"“{value}” is no date; dates are written 2026-11-25.")
    return {"checked_on": found and found.isoformat()}


READERS: dict[str, Any] = {
    **{name: _text(name) for name in TEXTS},
    "countries": _references("countries", "country or economy", "countries"),
    "provider": _one_reference("provider", "organisation", "organisations"),
    "partners": _references("partners", "organisation", "organisations"),
    "status": _status,
    "successor": _one_reference("successor", "programme", "successors"),
    "checked_on": _date,
}


def _links(row: Row, content: Content) -> list[Content]:
    """Return the links of a row; title and language of a known link are kept.

    Raises ValueError where the number of kinds differs from the number of links.
    """
    if "links" not in row.cells:
        return list(content["links"])
    addresses, kinds = each(row.cells["links"]), each(row.cells.get("link_kinds", ""))
    if kinds and len(kinds) != len(addresses):
        raise ValueError(f"There are {len(addresses)} links, but {len(kinds)} kinds of links.")
    known = {link["url"]: link for link in content["links"]}
    blank = {"kind": LinkKind.OFFICIAL.value, "title": "", "language": ""}
    found = [{**blank, **known.get(url, {}), "url": url} for url in addresses]
    return [{**link, "kind": kind} for link, kind in zip(found, kinds, strict=True)] if kinds else found


def _wrong(content: Content, key: int | None) -> Iterator[str]:
    """Yield the validation errors of a content as sentences. No query."""
    plain = {name: content[name] for name in PLAIN}
    draft = ProgrammeDraft(**plain, key=key)
    if content["provider"] is None:
        yield "Say who runs it: the column “provider” is empty."
    named = {link["url"] for link in content["links"]}
    if len(named) < len(content["links"]):
        yield "A link stands twice."
    for label, record in [("", draft), *((link["url"], DraftLink(**link)) for link in content["links"])]:
        try:
            record.clean_fields(exclude={"provider", "successor", "checked_by", "draft", "author", "receipt"})
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield f"{label or name}: {' '.join(messages)}"
    yield from _contradictions(content, key)


def _contradictions(content: Content, key: int | None) -> Iterator[str]:
    """Yield the errors between fields: the same rules as ProgrammeFields.clean() and workflow.publish() for drafts."""
    if content["checked_on"] and content["checked_on"] > (timezone.localdate() + timedelta(days=1)).isoformat():
        yield "checked_on: Nobody has looked it up yet: that day is still to come."
    if content["provider"] in content["partners"]:
        yield "partners: The provider is no partner of itself."
    if content["successor"] and content["successor"][0] == key:
        yield "successor: A programme cannot be its own successor."
    if content["status"] != Status.NOT_YET_CHECKED and not content["checked_on"]:
        yield "checked_on: Say when it was looked up: a status without a date cannot be trusted."
