"""Public change log: entries made from stored versions, without the curator's name and without deleted content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, Model

from gvc_catalogue.history.differences import FieldChange
from gvc_catalogue.history.models import Action, Version
from gvc_catalogue.text.word_diff import DiffPiece

from ..models import Example, FormerSlug, Programme
from .change_log_queries import KINDS

# The name of the curator who looked a programme up is not public.
HIDDEN = ("checked_by",)
# Values of more than SHORT characters get a diff by word; from COMPARED characters on it would take too long.
SHORT, COMPARED = 80, 20_000
QUOTED = ("text", "annex_text", "annex_title")


@dataclass(frozen=True)
class ChangeLogEvent:
    """A record named in the change log, by its name at the time; `url` is "" where it is not published."""

    name: str
    url: str


@dataclass(frozen=True)
class FieldChangeText:
    """A changed field: value before, value after, and for long values a diff by word in `pieces`.

    `ours` is whether the words are the catalogue's own, not those of a quoted document.
    """

    label: str
    before: str
    after: str
    pieces: list[DiffPiece]
    ours: bool


@dataclass(frozen=True)
class ChangeLogEntry:
    """One change: the records it concerns, the action in words, the reason, and the diff field by field.

    `into` is the programme that the record was merged into.
    """

    key: int
    at: datetime
    about: list[ChangeLogEvent]
    what: str
    into: ChangeLogEvent | None
    reason: str
    changed: list[FieldChangeText]

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def title(self) -> str:
        """Return the names of the records, without the action."""
        return ", ".join(told.name for told in self.about)


def entries(versions: Iterable[Version]) -> list[ChangeLogEntry]:
    """Return versions as entries of the change log, in the same order. One query for each kind of record."""
    versions = list(versions)
    published = Published(versions)
    return [entry(version, published) for version in versions]


class Published:
    """The records of a set of versions that are published now, loaded in bulk."""

    def __init__(self, versions: list[Version]) -> None:
        wanted: dict[str, set[int]] = {}
        for version in versions:
            wanted.setdefault(version.kind, set()).add(version.key)
            if keys := {key for key, _ in described(version)}:
                wanted.setdefault(Programme._meta.label_lower, set()).update(keys)
        self._records = {kind: KINDS[kind]._default_manager.in_bulk(keys) for kind, keys in wanted.items()}
        slugs = [slug for version in versions if (slug := merged_slug(version))]
        found = FormerSlug.objects.filter(slug__in=slugs).select_related("programme") if slugs else []
        self._merged = {former.slug: former.programme for former in found}

    def record(self, kind: str, key: int) -> Model | None:
        return self._records.get(kind, {}).get(key)

    def told(self, kind: str, key: int, name: str) -> ChangeLogEvent:
        """Return a record under that name, with its address if it is published and has one. No query."""
        record: Any = self.record(kind, key)
        # An example has no page of its own.
        address = getattr(record, "get_absolute_url", None) if kind != Example._meta.label_lower else None
        return ChangeLogEvent(name, address() if address else "")

    def successor(self, version: Version) -> ChangeLogEvent | None:
        """Return the programme that the record was merged into; None for other changes. No query."""
        programme = self._merged.get(merged_slug(version))
        return ChangeLogEvent(programme.name, programme.get_absolute_url()) if programme else None


def entry(version: Version, published: Published) -> ChangeLogEntry:
    """Return a version as an entry of the change log. No query."""
    programmes = [published.told(Programme._meta.label_lower, key, name) for key, name in described(version)]
    return ChangeLogEntry(
        version.pk,
        version.at,
        programmes or [published.told(version.kind, version.key, version.name)],
        in_words(version),
        published.successor(version),
        version.reason.strip(),
        changed(version) if published.record(version.kind, version.key) else [],
    )


def described(version: Version) -> list[tuple[int, str]]:
    """Return the programmes that an example refers to, as pairs of key and name; an empty list for other records."""
    of_example = version.kind == Example._meta.label_lower
    return [(key, name) for key, name in version.content().get("programmes", [])] if of_example else []


def merged_slug(version: Version) -> str:
    """Return the slug that a programme had before it was merged into another; "" for all other changes."""
    merged = version.action == Action.MERGED and version.kind == Programme._meta.label_lower
    return str((version.before or {}).get("slug", "")) if merged else ""


def moved(version: Version) -> tuple[str, str] | None:
    """Return the numbers of the recommendations an example was moved from and to; None where it was not moved."""
    old, new = ((content or {}).get("recommendation") for content in (version.before, version.after))
    if version.kind != Example._meta.label_lower or not old or not new or old[0] == new[0]:
        return None
    # The reference is stored as "2.5 Title".
    return old[1].split()[0], new[1].split()[0]


def in_words(version: Version) -> str:
    """Return the action in words: "changed", "example moved from 2.5 to 2.7"."""
    what = version.get_action_display().lower()
    if rows := moved(version):
        what = f"moved from {rows[0]} to {rows[1]}"
    if version.kind == Programme._meta.label_lower:
        return what
    return f"{KINDS[version.kind]._meta.verbose_name} {what}"


def changed(version: Version) -> list[FieldChangeText]:
    """Return the fields that a change of a published record changed.

    Hidden fields are left out, and so are those that the action in words contains already.
    """
    if not (version.before and version.after):
        return []
    said = ("recommendation", "position") if moved(version) else ()
    told = [change for change in version.changes if change.name not in (*HIDDEN, *said)]
    return [shown(change, isinstance(version.model._meta.get_field(change.name), DateField)) for change in told]


def shown(change: FieldChange, of_day: bool) -> FieldChangeText:
    """Return a changed field for display: a date in words, a long text with a diff by word."""
    before, after = (day_in_words(said) if of_day else said for said in (change.before, change.after))
    compared = before and after and SHORT < len(before) + len(after) < COMPARED
    return FieldChangeText(change.label, before, after, change.pieces if compared else [], change.name not in QUOTED)


def day_in_words(said: str) -> str:
    """Return an ISO date of a content in words: "1 June 2007"; any other value unchanged."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return said
    return f"{day.day} {day:%B %Y}"
