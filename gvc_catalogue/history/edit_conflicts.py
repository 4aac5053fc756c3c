"""Optimistic locking of admin forms with a three-way merge: an edit conflict is shown and nothing is overwritten.

A form carries the content that it was filled from. When the record has changed by the time that the form is
submitted, nothing is saved: fields that only the stored record changed are merged into the form, fields that both
changed keep the submitted value, and a sentence for each field states which was done. The form then carries the
current content, so that it can be saved again.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from django.http import QueryDict

from .content import Content, is_reference, is_same_content, serialise
from .differences import FieldChange, differences

Rows = list[dict[str, list[str]]]


class EditConflict(QueryDict):
    """An edit conflict: the merged form data to show again, with the `sentences` to show above the form."""

    sentences: list[str]

    @classmethod
    def of(cls, posted: QueryDict, *sentences: str) -> Self:
        """Return an edit conflict with a copy of the submitted form data."""
        met = cls("", mutable=True, encoding=posted.encoding)
        for name, values in posted.lists():
            met.setlist(name, values)
        met.sentences = list(sentences)
        return met


def detect_conflict(record: Any, seen: Content, posted: QueryDict) -> EditConflict | None:
    """Return the edit conflict of a submitted form; None when the record is unchanged since the form was filled.

    `seen` is the content that the form was filled from. `posted` names fields as a ModelForm does, and the fields of
    owned records as an inline formset whose prefix is the name of the relation.
    """
    now = serialise(record)
    if is_same_content(seen, now):
        return None
    met = EditConflict.of(posted)
    for change in differences(type(record), seen, now):
        model_field = record._meta.get_field(change.name)
        untouched = _untouched(model_field, seen.get(change.name), now.get(change.name), posted)
        if untouched:
            _take_over(met, model_field, now.get(change.name), record)
        met.sentences.append(_sentence(change, untouched))
    return met


def _sentence(change: FieldChange, untouched: bool) -> str:
    what = f"{change.label}: “{change.before}” became “{change.after}”"
    return f"{what}, and stands so in the form." if untouched else f"{what}; yours differs, and stands in the form."


def _untouched(model_field: Any, seen: Any, now: Any, posted: QueryDict) -> bool:
    """Return whether the submitted value of a field equals the one that the form was filled with, or the stored one."""
    empty_says_nothing = model_field.many_to_many or isinstance(seen, bool)
    if f"{model_field.name}-TOTAL_FORMS" not in posted and model_field.name not in posted and not empty_says_nothing:
        return True  # The form does not contain it.
    if model_field.one_to_many:
        return _posted_rows(model_field, posted) in (_rows(model_field, seen or []), _rows(model_field, now or []))
    mine = sorted(value.replace("\r\n", "\n") for value in posted.getlist(model_field.name))
    return mine in (sorted(_typed(seen)), sorted(_typed(now)))


def _take_over(posted: QueryDict, model_field: Any, now: Any, record: Any) -> None:
    """Replace the value of a field in the form data with the stored one."""
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
    """Return the form data for a value of a content; an unticked checkbox sends none."""
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
    """Return the submitted rows of owned records, without rows to be deleted and new rows that are empty."""
    return list(_each_posted_row(model_field, posted))


def _each_posted_row(model_field: Any, posted: QueryDict) -> Iterator[dict[str, list[str]]]:
    name, columns = model_field.name, model_field.related_model.CONTENT
    total = posted.get(f"{name}-TOTAL_FORMS", "0")
    for i in range(min(int(total), 1_000) if total.isdecimal() else 0):
        row = {column: posted.getlist(f"{name}-{i}-{column}") for column in columns}
        is_new = not posted.get(f"{name}-{i}-id")
        # The first column is a choice with a default: only values in other columns make a row.
        filled = any(values != [""] for column, values in row.items() if column != columns[0])
        if not posted.get(f"{name}-{i}-DELETE") and (filled or not is_new):
            yield row
