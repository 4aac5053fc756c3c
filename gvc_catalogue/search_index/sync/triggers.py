"""Triggers that note every change of the watched tables, whoever writes it and however: none can be forgotten.

A change raises the revision and is noted beside it, in the transaction that makes it: what is rolled back leaves no
trace. Whoever has read revision n finds every change up to n, as revisions are in the order of commits.

No model is imported here: applications call `watch` while Django is still loading them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from types import ModuleType

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from . import postgresql, sqlite

OURS = {"text_index_revision", "text_index_change"}
DIALECTS: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}
# The table, and the column whose value a change is noted by.
WATCHED: dict[str, str] = {}


def watch(tables: Mapping[str, str]) -> None:
    """Watch more tables, from the next migrate on: each with the column whose value says what a row of it touches."""
    WATCHED.update(tables)


def install(connection: BaseDatabaseWrapper, watched: Mapping[str, str] | None = None) -> None:
    """Make the triggers of the watched tables as they should be, and drop ours from all others.

    A table that lacked one is noted as a whole. Costs a few short queries when all is well.
    """
    keys = WATCHED if watched is None else watched
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        # Without our own tables a trigger could only fail.
        keys = {table: keys[table] for table in keys.keys() & tables} if tables >= OURS else {}
        schema = _one(cursor, dialect(connection).SCHEMA)
        wanted, standing = _wanted(connection, keys, schema), _standing(connection, cursor)
        _drop(connection, cursor, {name: standing[name] for name in standing.keys() - wanted.keys()})
        if tables >= OURS:
            _prepare(connection, cursor, schema)
            _create(connection, cursor, [wanted[name] for name in wanted.keys() - standing.keys()])


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drop all triggers of ours; `install` makes them again and notes their tables."""
    with connection.cursor() as cursor:
        _drop(connection, cursor, _standing(connection, cursor))


def note(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Raise the revision and note these tables as changed as a whole."""
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for statement in dialect(connection).RAISED:
            cursor.execute(statement)
        number = cursor.fetchone()[0]
        cursor.executemany(
            'INSERT INTO "text_index_change" ("revision", "table", "key") VALUES (%s, %s, NULL)',
            [(number, table) for table in sorted(tables)],
        )


def dialect(connection: BaseDatabaseWrapper) -> ModuleType:
    return DIALECTS[connection.vendor]


def _wanted(connection: BaseDatabaseWrapper, keys: Mapping[str, str], schema: str) -> dict[str, tuple[str, str]]:
    """The table and the statement of each trigger by its name, which changes with the statement."""
    quoted = connection.ops.quote_name
    found = {}
    for table, column in keys.items():
        for statement in dialect(connection).triggers(quoted(table), quoted(column), schema):
            name = f"text_index_{hashlib.sha256(statement.encode()).hexdigest()[:16]}"
            found[name] = (table, statement.format(name=name))
    return found


def _standing(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> dict[str, str]:
    """The table of each trigger of ours that there is, by its name."""
    cursor.execute(dialect(connection).STANDING)
    return dict(cursor.fetchall())


def _drop(connection: BaseDatabaseWrapper, cursor: CursorWrapper, standing: Mapping[str, str]) -> None:
    for name, table in standing.items():
        cursor.execute(dialect(connection).DROP.format(name=name, table=connection.ops.quote_name(table)))


def _prepare(connection: BaseDatabaseWrapper, cursor: CursorWrapper, schema: str) -> None:
    """Make what the triggers call, and the row of the revision where it is missing."""
    for statement in dialect(connection).PREPARE:
        cursor.execute(statement.replace("{schema}", schema))


def _create(connection: BaseDatabaseWrapper, cursor: CursorWrapper, triggers: Iterable[tuple[str, str]]) -> None:
    """Make the triggers; note their tables, as a change may have escaped while they were missing."""
    tables = set()
    for table, statement in triggers:
        cursor.execute(statement)
        tables.add(table)
    if tables:
        note(connection, tables)


def _one(cursor: CursorWrapper, query: str) -> str:
    cursor.execute(query)
    return str(cursor.fetchone()[0])
