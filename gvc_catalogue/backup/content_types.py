"""Primary-key mapping of content types and permissions at a restore.

Each database assigns these primary keys itself, so rows of a backup are matched by their natural keys.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .tables import NAMED, Table, rows

# For each of these tables: primary key in the backup → primary key in this database.
Numbers = dict[Table, dict[int, int]]


def of(model: Table, found: Iterable[list[Any]]) -> dict[int, int]:
    """Return the mapping from primary keys in the backup to primary keys in this database.

    Missing rows are created. One query, one more for each content type that is created, two for each permission.
    """
    make = _content_type if model is ContentType else _permission
    names = NAMED[model][1:]
    keys = names[:2] if model is ContentType else names[:3]
    ours = {tuple(key): number for number, *key in rows(model).values_list("pk", *keys)}
    return {number: ours.get(tuple(name[: len(keys)])) or make(*name) for number, *name in found}


def here(field: models.Field, value: Any, numbers: Numbers) -> Any:
    """Return the value of a column for this database: a foreign key to one of these tables is mapped. No query."""
    model = field.related_model
    if value is None or not isinstance(model, type) or model not in NAMED:
        return value
    return numbers[model][value]


def _content_type(app: str, name: str) -> int:
    return ContentType.objects.create(app_label=app, model=name).pk


def _permission(app: str, model: str, codename: str, name: str) -> int:
    content_type = ContentType.objects.get(app_label=app, model=model)
    return Permission.objects.create(content_type=content_type, codename=codename, name=name).pk
