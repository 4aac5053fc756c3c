"""Serialisation of database rows as JSON, and deserialisation.

SQLite and PostgreSQL give the same JSON, because the Python value is serialised, not the form that a database stores.
"""

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
    """Return a row serialised as one line of JSON, without a line feed; non-ASCII letters are not escaped."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=plain)


def plain(value: Any) -> str:
    """Return a value of a type that JSON lacks, serialised as a string that its model field parses without loss.

    Dates, times and durations are in ISO 8601 with microseconds, decimals have all digits, bytes are in Base64. Raises
    TypeError for types that no field of Django returns.
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
    """Return a deserialised value of a backup, prepared for this database.

    Raises ValidationError when it is not a valid value of the field.
    """
    if value is None and isinstance(field, models.JSONField) and not field.null:
        value = NULL  # JSON null: the column refuses SQL NULL.
    elif not isinstance(field, models.JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)
