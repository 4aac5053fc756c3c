"""Serialisation of a record to its content: the values of its editable fields as JSON-serialisable data.

Drafts, versions, rows of an import and the undoing of an import all use this format. A model lists in CONTENT the
names of its fields: plain fields, foreign keys, many-to-many relations, and owned records (links), which belong to
it alone. A related record is stored as a reference [key, name]: the key identifies it, the name is the one that it
had when the content was read.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from .user_names import keep_user_name

Content = dict[str, Any]


class WorkflowError(Exception):
    """A step of the workflow was refused; the message is a sentence that gives the reason. Nothing was changed."""


class MissingReferenceError(WorkflowError):
    """A content refers to records that no longer exist; the message names them."""


def serialise(record: Any) -> Content:
    """Return the content of a stored record; one query for each relation that was not fetched before."""
    return {name: _value(record, record._meta.get_field(name)) for name in record.CONTENT}


def blank(model: Any) -> Content:
    """Return the content of a new record: the default or the empty value of each field; no query."""
    return {name: _blank(model._meta.get_field(name)) for name in model.CONTENT}


def apply_content(record: Any, content: Mapping[str, Any]) -> None:
    """Save a content to a record, new or existing; fields that the content does not contain are left unchanged.

    One query for the record, and up to three for each relation. Raises MissingReferenceError when the content refers
    to records that no longer exist.
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
    """Return the primary keys of some references; one query. Raises MissingReferenceError when a record is gone."""
    named = dict(references)
    gone = named.keys() - set(model._base_manager.filter(pk__in=named).values_list("pk", flat=True))
    if gone:
        names = ", ".join(f"“{named[key]}”" for key in sorted(gone))
        raise MissingReferenceError(f"{names} is no longer there: restore it first, or leave it out.")
    return list(named)


def to_plain(value: Any) -> Any:
    """Return a value of a content for comparison: references are reduced to their keys, lists are sorted."""
    if isinstance(value, dict):
        return {name: to_plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return value[0] if is_reference(value) else sorted((to_plain(one) for one in value), key=repr)
    return value


def is_reference(value: Any) -> bool:
    """Return whether a value of a content is a reference [key, name]."""
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], int) and isinstance(value[1], str)


def is_same_content(first: Mapping[str, Any] | None, second: Mapping[str, Any] | None) -> bool:
    """Return whether two contents are equal; the names in references are not compared."""
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
    # A record that was just created may hold a date as the text that was typed, not as a date.
    return value.isoformat() if isinstance(field, models.DateField) and value and not isinstance(value, str) else value


def _stored(field: Any, value: Any) -> Any:
    """Return the value as the database column stores it; a query for a reference."""
    if not (field.many_to_one or field.one_to_one):
        return field.to_python(value)
    if value and field.remote_field.on_delete is keep_user_name:
        # A user may have been deleted for good; the content must remain restorable.
        return field.related_model._base_manager.filter(pk=value[0]).values_list("pk", flat=True).first()
    return existing(field.related_model, [value])[0] if value else None


def _write_belongings(record: Any, field: Any, contents: list[Content]) -> None:
    """Replace the owned records of a record, unless their contents are the same already."""
    manager = getattr(record, field.name)
    if [to_plain(serialise(one)) for one in manager.all()] == [to_plain(content) for content in contents]:
        return
    manager.all().delete()
    for content in contents:
        apply_content(field.related_model(**{field.field.name: record}), content)


def _is_many(field: Any) -> bool:
    return bool(field.one_to_many or field.many_to_many)
