"""Writing rows past the models: no default, no date of today, no signal changes what the backup says."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from .tables import Table


def insert(model: Table, columns: list[str], rows: Iterable[list[Any]]) -> None:
    """Write rows whose values the database takes as they are."""
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
    """Delete all rows of a table, and nothing that points to them."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def keep_writers_out(models: Iterable[Table]) -> None:
    """Let nobody else write to these tables until the transaction ends; readers wait for nothing."""
    if connection.vendor == "postgresql":  # On SQLite there is one writer at a time.
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
