"""Content types and permissions: each database numbers them itself, so a backup's are found again by their names."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .tables import NAMED, Table, rows

# For each of these tables the number here of a number in the backup.
Numbers = dict[Table, dict[int, int]]


def of(model: Table, found: Iterable[list[Any]]) -> dict[int, int]:
    """Return the number here of each row of the backup; one that is missing is made. A query, and one a row made."""
    make = _content_type if model is ContentType else _permission
    names = NAMED[model][1:]
    keys = names[:2] if model is ContentType else names[:3]
    ours = {tuple(key): number for number, *key in rows(model).values_list("pk", *keys)}
    return {number: ours.get(tuple(name[: len(keys)])) or make(*name) for number, *name in found}


def here(field: models.Field, value: Any, numbers: Numbers) -> Any:
    """Return the value of a column, which is another one here where it points to one of these tables."""
    model = field.related_model
    if value is None or not isinstance(model, type) or model not in NAMED:
        return value
    return numbers[model][value]


def _content_type(app: str, name: str) -> int:
    return ContentType.objects.create(app_label=app, model=name).pk


def _permission(app: str, model: str, codename: str, name: str) -> int:
    content_type = ContentType.objects.get(app_label=app, model=model)
    return Permission.objects.create(content_type=content_type, codename=codename, name=name).pk
