"""Two curators, one record: whoever saves second sees what the first changed, and overwrites nothing unseen.

A form carries the content that it was filled from. When it comes back and the record says something else by then,
nothing is saved: what only the first changed is taken over into the form, what both changed stays as the second
typed it, and sentences say which is which. The form now carries today's content, so that it can be saved again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from .content import Content, is_reference, is_same_content, serialise
from .differences import FieldChange, differences

Rows = list[dict[str, list[str]]]


@dataclass
class EditConflict:
    """What came of it: the form as it is shown again, and what is said above it."""

    posted: QueryDict
    sentences: list[str] = field(default_factory=list)


def detect_conflict(record: Any, seen: Content, posted: QueryDict) -> EditConflict | None:
    """Return what to show instead of saving; None when the record still says what the form was filled from.

    `posted` names fields as a ModelForm does, and belongings as an inline formset called after them.
    """
    now = serialise(record)
    if is_same_content(seen, now):
        return None
    met = EditConflict(posted.copy())
    for change in differences(type(record), seen, now):
        model_field = record._meta.get_field(change.name)
        untouched = _untouched(model_field, seen.get(change.name), now.get(change.name), posted)
        if untouched:
            _take_over(met.posted, model_field, now.get(change.name), record)
        met.sentences.append(_sentence(change, untouched))
    return met


def _sentence(change: FieldChange, untouched: bool) -> str:
    what = f"{change.label}: “{change.before}” became “{change.after}”"
    return f"{what}, and stands so in the form." if untouched else f"{what}; yours differs, and stands in the form."


def _untouched(model_field: Any, seen: Any, now: Any, posted: QueryDict) -> bool:
    """Whether the form says of a field what it was filled with, or what the record says by now."""
    empty_says_nothing = model_field.many_to_many or isinstance(seen, bool)
    if f"{model_field.name}-TOTAL_FORMS" not in posted and model_field.name not in posted and not empty_says_nothing:
        return True  # It is no part of the form.
    if model_field.one_to_many:
        return _posted_rows(model_field, posted) in (_rows(model_field, seen or []), _rows(model_field, now or []))
    mine = sorted(value.replace("\r\n", "\n") for value in posted.getlist(model_field.name))
    return mine in (sorted(_typed(seen)), sorted(_typed(now)))


def _take_over(posted: QueryDict, model_field: Any, now: Any, record: Any) -> None:
    """Have the form say of a field what the record says."""
    if not model_field.one_to_many:
        posted.setlist(model_field.name, _typed(now))
        return
    name, belongings = model_field.name, list(getattr(record, model_field.name).all())
    posted[f"{name}-TOTAL_FORMS"] = posted[f"{name}-INITIAL_FORMS"] = str(len(belongings))
    for i, (belonging, row) in enumerate(zip(belongings, _rows(model_field, now), strict=True)):
        posted[f"{name}-{i}-id"] = str(belonging.pk)
        posted.pop(f"{name}-{i}-DELETE", None)
        for column, values in row.items():
            posted.setlist(f"{name}-{i}-{column}", values)


def _typed(value: Any) -> list[str]:
    """What a form sends for the value of a content; a box that is not ticked sends nothing."""
    if isinstance(value, bool):
        return ["on"] if value else []
    if is_reference(value):
        return [str(value[0])]
    if isinstance(value, list):
        return [str(one[0]) for one in value]
    return ["" if value is None else str(value)]


def _rows(model_field: Any, contents: list[Mapping[str, Any]]) -> Rows:
    columns = model_field.related_model.CONTENT
    return [{column: _typed(content.get(column)) for column in columns} for content in contents]


def _posted_rows(model_field: Any, posted: QueryDict) -> Rows:
    """The belongings as they were typed; those to be removed, and those nobody filled in, left out."""
    return list(_each_posted_row(model_field, posted))


def _each_posted_row(model_field: Any, posted: QueryDict) -> Iterator[dict[str, list[str]]]:
    name, columns = model_field.name, model_field.related_model.CONTENT
    total = posted.get(f"{name}-TOTAL_FORMS", "0")
    for i in range(min(int(total), 1_000) if total.isdecimal() else 0):
        row = {column: posted.getlist(f"{name}-{i}-{column}") for column in columns}
        is_new = not posted.get(f"{name}-{i}-id")
        # A choice has a value from the start: only what was typed makes a row.
        filled = any(values != [""] for column, values in row.items() if column != columns[0])
        if not posted.get(f"{name}-{i}-DELETE") and (filled or not is_new):
            yield row
