"""What became of published records, as readers are told it: never who did it, and no word of what is gone."""

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

# Who looked a programme up is between curators.
HIDDEN = ("checked_by",)
# Beyond so many signs what changed is shown word by word; beyond so many more, that would take too long.
SHORT, COMPARED = 80, 20_000
QUOTED = ("text", "annex_text", "annex_title")


@dataclass(frozen=True)
class ChangeLogEvent:
    """A record by the name that it had; `url` is "" where it is not published."""

    name: str
    url: str


@dataclass(frozen=True)
class FieldChangeText:
    """A field: what it said, what it says; and where that is long, word by word. `ours` where no document is quoted."""

    label: str
    before: str
    after: str
    pieces: list[DiffPiece]
    ours: bool


@dataclass(frozen=True)
class ChangeLogEntry:
    """One change: of which records it tells, what it was in words, why, and field by field."""

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
        """The names alone."""
        return ", ".join(told.name for told in self.about)


def entries(versions: Iterable[Version]) -> list[ChangeLogEntry]:
    """Return versions as readers are told of them; a query for each kind of record among them."""
    versions = list(versions)
    published = Published(versions)
    return [entry(version, published) for version in versions]


class Published:
    """Which of the records that versions tell of are published now."""

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
        """Return a record by that name, with its address if it is published and has one."""
        record: Any = self.record(kind, key)
        # An example has no page of its own.
        address = getattr(record, "get_absolute_url", None) if kind != Example._meta.label_lower else None
        return ChangeLogEvent(name, address() if address else "")

    def successor(self, version: Version) -> ChangeLogEvent | None:
        """Return what the record was merged into."""
        programme = self._merged.get(merged_slug(version))
        return ChangeLogEvent(programme.name, programme.get_absolute_url()) if programme else None


def entry(version: Version, published: Published) -> ChangeLogEntry:
    """Return a version as readers are told of it; no query."""
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
    """Return the programmes, key and name, that an example tells of; of other records none."""
    of_example = version.kind == Example._meta.label_lower
    return [(key, name) for key, name in version.content().get("programmes", [])] if of_example else []


def merged_slug(version: Version) -> str:
    """Return the address that a programme had before it was merged into another; "" of all other changes."""
    merged = version.action == Action.MERGED and version.kind == Programme._meta.label_lower
    return str((version.before or {}).get("slug", "")) if merged else ""


def moved(version: Version) -> tuple[str, str] | None:
    """Return from which recommendation to which an example was moved; None where it was not."""
    old, new = ((content or {}).get("recommendation") for content in (version.before, version.after))
    if version.kind != Example._meta.label_lower or not old or not new or old[0] == new[0]:
        return None
    # It stands there as "2.5 Title".
    return old[1].split()[0], new[1].split()[0]


def in_words(version: Version) -> str:
    """Return what became of a record: "changed", "example moved from 2.5 to 2.7"."""
    what = version.get_action_display().lower()
    if rows := moved(version):
        what = f"moved from {rows[0]} to {rows[1]}"
    if version.kind == Programme._meta.label_lower:
        return what
    return f"{KINDS[version.kind]._meta.verbose_name} {what}"


def changed(version: Version) -> list[FieldChangeText]:
    """Return the fields that a change of a published record changed, without what the words say already."""
    if not (version.before and version.after):
        return []
    said = ("recommendation", "position") if moved(version) else ()
    told = [change for change in version.changes if change.name not in (*HIDDEN, *said)]
    return [shown(change, isinstance(version.model._meta.get_field(change.name), DateField)) for change in told]


def shown(change: FieldChange, of_day: bool) -> FieldChangeText:
    """Return a field as it is shown: a day in words, a long text word by word."""
    before, after = (day_in_words(said) if of_day else said for said in (change.before, change.after))
    compared = before and after and SHORT < len(before) + len(after) < COMPARED
    return FieldChangeText(change.label, before, after, change.pieces if compared else [], change.name not in QUOTED)


def day_in_words(said: str) -> str:
    """Return a day of a content as readers read it; what is none as it is."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return said
    return f"{day.day} {day:%B %Y}"
