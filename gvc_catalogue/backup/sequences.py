"""Sequences of primary keys (AUTOINCREMENT): the key of a deleted record is not reused, nor is it after a restore."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .tables import Table, rows

LAST = {
    "sqlite": 'SELECT "seq" FROM "sqlite_sequence" WHERE "name" = %s',
    "postgresql": "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
}


def last(model: Table, connection: BaseDatabaseWrapper) -> int | None:
    """Return the last primary key that the sequence of a table assigned. At most one query.

    None where it has assigned none, or where the table has no such sequence.
    """
    field = counted(model)
    if field is None:
        return None
    table = model._meta.db_table
    given = [table] if connection.vendor == "sqlite" else [connection.ops.quote_name(table), field.column]
    with connection.cursor() as cursor:
        cursor.execute(LAST[connection.vendor], given)
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else None


def go_on_after(model: Table, number: int | None, connection: BaseDatabaseWrapper) -> None:
    """Set the sequence of a table, so that the next primary key is above `number` and above all existing keys.

    Two queries on PostgreSQL, three on SQLite. One where the table is empty and `number` is None or 0, none where the
    table has no sequence.
    """
    field = counted(model)
    if field is None:
        return
    highest = max(number or 0, rows(model).aggregate(highest=models.Max(field.name))["highest"] or 0)
    if highest:
        _set(connection, model._meta.db_table, str(field.column), highest)


def counted(model: Table) -> models.Field | None:
    """Return the auto-increment field of the table itself, not of a parent; None where it has none. No query."""
    return next((field for field in model._meta.local_fields if isinstance(field, models.AutoField)), None)


def _set(connection: BaseDatabaseWrapper, table: str, column: str, number: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute('DELETE FROM "sqlite_sequence" WHERE "name" = %s', [table])
            cursor.execute('INSERT INTO "sqlite_sequence" ("name", "seq") VALUES (%s, %s)', [table, number])
        else:
            quoted = connection.ops.quote_name(table)
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s)::regclass, %s)", [quoted, column, number])
