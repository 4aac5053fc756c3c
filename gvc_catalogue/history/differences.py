"""Diff of two contents as text: field by field, and word by word inside each field; and three-way merge conflicts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from gvc_catalogue.text.word_diff import DiffPiece, word_diff

from .content import is_reference, to_plain

NOTHING = "nothing"


@dataclass(frozen=True)
class FieldChange:
    """The change of one field: its values before and after as text; `label` is the name of the field for readers."""

    name: str
    label: str
    before: str
    after: str

    @cached_property
    def pieces(self) -> list[DiffPiece]:
        """Return the word diff from `before` to `after`."""
        return word_diff(self.before, self.after)

    def __str__(self) -> str:
        return f"{self.label}: {self.before or NOTHING} → {self.after or NOTHING}"


def differences(
    model: type[models.Model], before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[FieldChange]:
    """Return the changed fields between two contents of a model, in the order of its CONTENT; no query."""
    old, new = before or {}, after or {}
    return [
        FieldChange(
            name, label(model, name), in_words(model, name, old.get(name)), in_words(model, name, new.get(name))
        )
        for name in model.CONTENT  # type: ignore[attr-defined]
        if not _alike(old.get(name), new.get(name))
    ]


def conflicts(
    base: Mapping[str, Any], first: Mapping[str, Any], second: Mapping[str, Any], names: Iterable[str]
) -> list[str]:
    """Return the names of the fields in conflict: both contents changed them since `base`, to different values."""

    def value(content: Mapping[str, Any], name: str) -> Any:
        return to_plain(content.get(name))

    return [n for n in names if len({repr(value(content, n)) for content in (base, first, second)}) == 3]


def label(model: type[models.Model], name: str) -> str:
    """Return the label of a field for use in sentences."""
    field: Any = model._meta.get_field(name)
    said = str(getattr(field, "verbose_name", name)).replace("_", " ")
    # Forms label slugs as addresses, too.
    return "address" if said == "slug" else said


def in_words(model: type[models.Model], name: str, value: Any) -> str:
    """Return the value of a field as text: the label of a choice, the names of related records, "" for no value."""
    field: Any = model._meta.get_field(name)
    if value in (None, "", []):
        return ""
    if field.one_to_many:
        return " ".join(f"{belonging(field.related_model, one)};" for one in value).rstrip(";")
    if is_reference(value):
        return str(value[1])
    if isinstance(value, list):
        return "; ".join(str(one[1]) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def belonging(model: type[models.Model], content: Mapping[str, Any]) -> str:
    """Return the content of an owned record as one line of text."""
    return ", ".join(words for name in content if (words := in_words(model, name, content[name])))


def _alike(first: Any, second: Any) -> bool:
    """Return whether two values are equal; None (as for a field added later), an empty text and an empty list are."""
    return to_plain(first) == to_plain(second) or (first in (None, "", []) and second in (None, "", []))
