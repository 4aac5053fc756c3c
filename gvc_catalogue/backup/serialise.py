"""A row as JSON and back, the same from either database: what Python makes of a value, not what a database stores."""

import json
from base64 import b64encode
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.duration import duration_iso_string

NULL = models.Value(None, models.JSONField())


def written(values: Sequence[Any]) -> str:
    """Return a row as a line of JSON; texts keep their letters."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=plain)


def plain(value: Any) -> str:
    """Return what JSON lacks as a text that the field of it reads: to the last microsecond and digit.

    Raises TypeError for what no field of Django gives.
    """
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    raise TypeError(f"A backup cannot hold a {type(value).__name__}.")


def stored(field: models.Field, value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Return what the database at hand takes for a value as it was read from a backup.

    Raises ValidationError when the field cannot have written it.
    """
    if value is None and isinstance(field, models.JSONField) and not field.null:
        value = NULL  # JSON's own null: the column takes no other.
    elif not isinstance(field, models.JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)
