"""The content of a record: all that a curator can say of it, as plain data that JSON holds.

A draft, a version, a row of an import and an undo are the same thing: a content. A model names in CONTENT the fields
that make up its own: plain ones, relations to one or many, and records that belong to it alone (links). A record
referred to stands in it as [key, name]: the key is what counts, the name is what it was called then.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from .user_names import keep_user_name

Content = dict[str, Any]


class WorkflowError(Exception):
    """Why a step cannot be taken, in a sentence; nothing was changed."""


class MissingReferenceError(WorkflowError):
    """A content refers to records that are no longer there; the sentence names them."""


def serialise(record: Any) -> Content:
    """Return the content of a record that is stored; a query for each relation that was not fetched before."""
    return {name: _value(record, record._meta.get_field(name)) for name in record.CONTENT}


def blank(model: Any) -> Content:
    """Return the content of a record of which nothing is said yet; no query."""
    return {name: _blank(model._meta.get_field(name)) for name in model.CONTENT}


def apply_content(record: Any, content: Mapping[str, Any]) -> None:
    """Store a content in a record, new or not; the fields that it does not name stay as they are.

    Costs a query for the record, and up to three for each relation. Raises Lost when it refers to what is gone.
    """
    fields = [record._meta.get_field(name) for name in record.CONTENT if name in content]
    for field in fields:
        if not _is_many(field):
            setattr(record, field.attname, _stored(field, content[field.name]))
    record.save()
    for field in fields:
        if field.one_to_many:
            _write_belongings(record, field, content[field.name])
        elif field.many_to_many:
            getattr(record, field.name).set(existing(field.related_model, content[field.name]))


def existing(model: type[models.Model], references: Iterable[list[Any]]) -> list[int]:
    """Return the keys of records referred to. Raises Lost when one of them is gone; one query."""
    named = dict(references)
    gone = named.keys() - set(model._base_manager.filter(pk__in=named).values_list("pk", flat=True))
    if gone:
        names = ", ".join(f"“{named[key]}”" for key in sorted(gone))
        raise MissingReferenceError(f"{names} is no longer there: restore it first, or leave it out.")
    return list(named)


def to_plain(value: Any) -> Any:
    """Return a value without the names of what it refers to: two contents are the same when these are."""
    if isinstance(value, dict):
        return {name: to_plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return value[0] if is_reference(value) else sorted((to_plain(one) for one in value), key=repr)
    return value


def is_reference(value: Any) -> bool:
    """Whether a value of a content is one [key, name]."""
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], int) and isinstance(value[1], str)


def is_same_content(first: Mapping[str, Any] | None, second: Mapping[str, Any] | None) -> bool:
    """Whether two contents say the same, whatever things were called when they were read."""
    return to_plain(first) == to_plain(second)


def _blank(field: Any) -> Any:
    if _is_many(field):
        return []
    if field.is_relation or not field.has_default():
        return "" if field.empty_strings_allowed and not field.null else None
    return field.get_default()


def _value(record: Any, field: Any) -> Any:
    if field.one_to_many:
        return [serialise(one) for one in getattr(record, field.name).all()]
    if field.many_to_many:
        return sorted(([one.pk, str(one)] for one in getattr(record, field.name).all()), key=lambda r: (r[1], r[0]))
    if field.many_to_one or field.one_to_one:
        one = getattr(record, field.name)
        return [one.pk, str(one)] if one else None
    value = getattr(record, field.name)
    # A record that was just made may hold what was typed: the field knows what it means.
    return value.isoformat() if isinstance(field, models.DateField) and value and not isinstance(value, str) else value


def _stored(field: Any, value: Any) -> Any:
    """The value as the column takes it."""
    if not (field.many_to_one or field.one_to_one):
        return field.to_python(value)
    if value and field.remote_field.on_delete is keep_user_name:
        # Who did something may be gone for good: that keeps no content from being restored.
        return field.related_model._base_manager.filter(pk=value[0]).values_list("pk", flat=True).first()
    return existing(field.related_model, [value])[0] if value else None


def _write_belongings(record: Any, field: Any, contents: list[Content]) -> None:
    """Replace the records that belong to it alone, unless they say the same already."""
    manager = getattr(record, field.name)
    if [to_plain(serialise(one)) for one in manager.all()] == [to_plain(content) for content in contents]:
        return
    manager.all().delete()
    for content in contents:
        apply_content(field.related_model(**{field.field.name: record}), content)


def _is_many(field: Any) -> bool:
    return bool(field.one_to_many or field.many_to_many)
