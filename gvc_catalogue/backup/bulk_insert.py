"""Bulk insert of rows without the ORM, by COPY on PostgreSQL and executemany on SQLite.

Defaults, `auto_now` dates and signals of the models do not apply, so rows are stored as they are in the backup.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from .tables import Table


def insert(model: Table, columns: list[str], rows: Iterable[list[Any]]) -> None:
    """Insert rows in bulk; their values, in the order of `columns`, must already be prepared for the database."""
    quote = connection.ops.quote_name
    table = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", list(rows))  # noqa: S608


def empty(model: Table) -> None:
    """Delete all rows of a table, without cascade to rows that refer to them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def keep_writers_out(models: Iterable[Table]) -> None:
    """Take a table lock against other writers until the transaction ends; reads are not blocked. At most one query."""
    if connection.vendor == "postgresql":  # SQLite allows one writer at a time anyway.
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
