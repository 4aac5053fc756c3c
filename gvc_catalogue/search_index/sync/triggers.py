"""Change tracking by database triggers: every change of the watched tables is noted, by any program and in any way.

A change raises the revision and is noted with it, in the transaction that makes the change: a rollback leaves no trace.
Revisions are in the order of commits, so a process that has read revision n finds every change up to n.

No model is imported here: applications call `watch` while Django is still loading models.
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
# The column by table; its value in a changed row is noted as the key of the change.
WATCHED: dict[str, str] = {}


def watch(tables: Mapping[str, str]) -> None:
    """Add watched tables, from the next migrate on; each with the column that identifies the changed record."""
    WATCHED.update(tables)


def install(connection: BaseDatabaseWrapper, watched: Mapping[str, str] | None = None) -> None:
    """Create the missing triggers of the watched tables, and drop all others of this application.

    A table that lacked a trigger is noted as changed as a whole. Costs a few short queries when all triggers exist.
    """
    keys = WATCHED if watched is None else watched
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        # Without the tables in OURS a trigger could only fail.
        keys = {table: keys[table] for table in keys.keys() & tables} if tables >= OURS else {}
        schema = _one(cursor, dialect(connection).SCHEMA)
        wanted, standing = _wanted(connection, keys, schema), _standing(connection, cursor)
        _drop(connection, cursor, {name: standing[name] for name in standing.keys() - wanted.keys()})
        if tables >= OURS:
            _prepare(connection, cursor, schema)
            _create(connection, cursor, [wanted[name] for name in wanted.keys() - standing.keys()])


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drop all triggers of this application; `install` creates them again and notes their tables as changed."""
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
    """Return the table and the statement of each trigger by its name, which contains a hash of the statement."""
    quoted = connection.ops.quote_name
    found = {}
    for table, column in keys.items():
        for statement in dialect(connection).triggers(quoted(table), quoted(column), schema):
            name = f"text_index_{hashlib.sha256(statement.encode()).hexdigest()[:16]}"
            found[name] = (table, statement.format(name=name))
    return found


def _standing(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> dict[str, str]:
    """Return the table of each existing trigger of this application by the trigger's name. One query."""
    cursor.execute(dialect(connection).STANDING)
    return dict(cursor.fetchall())


def _drop(connection: BaseDatabaseWrapper, cursor: CursorWrapper, standing: Mapping[str, str]) -> None:
    for name, table in standing.items():
        cursor.execute(dialect(connection).DROP.format(name=name, table=connection.ops.quote_name(table)))


def _prepare(connection: BaseDatabaseWrapper, cursor: CursorWrapper, schema: str) -> None:
    """Create the functions that the triggers call, and the revision row if it is missing."""
    for statement in dialect(connection).PREPARE:
        cursor.execute(statement.replace("{schema}", schema))


def _create(connection: BaseDatabaseWrapper, cursor: CursorWrapper, triggers: Iterable[tuple[str, str]]) -> None:
    """Create triggers, and note their tables as changed: changes may have been missed without them."""
    tables = set()
    for table, statement in triggers:
        cursor.execute(statement)
        tables.add(table)
    if tables:
        note(connection, tables)


def _one(cursor: CursorWrapper, query: str) -> str:
    cursor.execute(query)
    return str(cursor.fetchone()[0])
