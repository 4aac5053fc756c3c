"""Backup (dump) of the database: all tables in one consistent snapshot, streamed in constant memory."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from gzip import GzipFile
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from gvc_catalogue.search_index.sync import revision

from . import sequences
from .archive import STRENGTH, Header, Writer
from .migration_state import migrations
from .serialise import written
from .tables import NAMED, Table, columns, label, rows, tables

Tell = Callable[[int, int], None]
LOT = 2_000


@dataclass(frozen=True)
class Written:
    """Summary of a backup that was written: number of rows, number of tables, SHA-256 of the content."""

    rows: int
    tables: int
    sha256: str


def write(path: Path, tell: Tell) -> Written:
    """Write a backup of the database to a new file, which only its owner can read (mode 600).

    `tell` is a progress callback, called with the number of rows written and the total. Raises FileExistsError when the
    file exists, NotReadyError when migrations are missing, OSError when it cannot be written; no file is left then.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with _new(draft) as stream, snapshot():
            found = _write(stream, tell)
        os.link(draft, path)  # Atomic, and never over an existing file.
    finally:
        draft.unlink(missing_ok=True)
    return found


@contextmanager
def _new(path: Path) -> Iterator[GzipFile]:
    """Create a gzip stream to a new file, flushed to the disk (fsync) at the end of the context."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    with open(descriptor, "wb") as file:
        with GzipFile(filename="", fileobj=file, mode="wb", compresslevel=STRENGTH, mtime=0) as stream:
            yield stream
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def snapshot() -> Iterator[None]:
    """Context manager of a read-only snapshot: all queries see the database as it was at the first one.

    It blocks no writer. PostgreSQL uses a transaction in REPEATABLE READ, SQLite a deferred one.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Django's own transactions on SQLite take the write lock at once here, which would block writers.
    _execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        _execute("ROLLBACK")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _write(stream: GzipFile, tell: Tell) -> Written:
    out, contents = Writer(stream), list(_contents())
    header = _header({label(model): asked.count() for model, _, asked in contents})
    out.header(header)
    done, total = 0, sum(header.counts.values())
    for model, names, asked in contents:
        out.table(label(model), names, None if model in NAMED else sequences.last(model, connection))
        for row in asked.iterator(LOT):
            out.line(written(row))
            done += 1
            if done % LOT == 0 or done == total:
                tell(done, total)
    return Written(total, len(contents), out.end())


def _contents() -> Iterator[tuple[Table, list[str], QuerySet[Any, Any]]]:
    """Yield each table with the names of its columns and a queryset of its rows by primary key. No query."""
    named = [(model, names) for model, names in NAMED.items()]
    for model, names in named + [(model, [field.attname for field in columns(model)]) for model in tables()]:
        yield model, names, rows(model).order_by("pk").values_list(*names)


def _header(counts: dict[str, int]) -> Header:
    return Header(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        database=connection.vendor,
        revision=revision.current_revision().number,
        migrations=migrations(connection),
        counts=counts,
    )
