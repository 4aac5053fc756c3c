"""Restore of a backup: checks the whole file first, then inserts all rows in one transaction, without the ORM."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, models

from gvc_catalogue.search_index.sync import revision

from . import content_types, sequences
from .archive import DamagedBackupError, Header, Part, Reader, reading
from .bulk_insert import empty, insert, keep_writers_out
from .migration_state import migrations, refuse_a_used_database, refuse_other_migrations
from .serialise import stored
from .tables import NAMED, WRITTEN_BY_MIGRATIONS, Table, columns, label, tables

# Progress callback: name of the step, number of rows done, total number of rows.
Tell = Callable[[str, int, int], None]
LOT = 2_000
# Errors of fields, the database or Python for values that no backup of the catalogue contains.
REFUSALS = (DatabaseError, ValidationError, ObjectDoesNotExist, ValueError, TypeError, LookupError, ArithmeticError)


@dataclass(frozen=True)
class Restored:
    """Summary of a restore: the header of the file, and the SHA-256 of its content."""

    header: Header
    sha256: str


def restore(path: Path, tell: Tell) -> Restored:
    """Restore a backup into this database, atomically, after a check of the file to its last byte.

    `tell` is a progress callback. Raises DamagedBackupError for a file that is damaged, no backup, or of other tables,
    NotReadyError for a database that is not migrated or not empty, OSError for a file that cannot be read. The database
    is unchanged then.
    """
    checked = _checked(path, tell)
    with reading(path) as reader, revision.paused():
        keep_writers_out(tables())
        refuse_a_used_database()
        for model in tables():
            if label(model) in WRITTEN_BY_MIGRATIONS:
                empty(model)
        try:
            _write(reader, tell)
        except REFUSALS as refusal:
            raise DamagedBackupError(f"The database takes a value of the file for none: {refusal}".strip()) from refusal
        if reader.sha256 != checked.sha256:
            raise DamagedBackupError("The file has changed while it was read.")
        revision.rename_catalogue()
    return checked


def _checked(path: Path, tell: Tell) -> Restored:
    """Validate the whole file (migrations, tables, columns, checksum) without writing, and return its summary."""
    with reading(path) as reader:
        refuse_other_migrations(reader.header.migrations, migrations(connection))
        refuse_a_used_database()
        _refuse_other_tables(reader.header)
        counted = _counter("Checking", reader.header, tell)
        for part, model in _parts(reader):
            due = NAMED[model] if model in NAMED else [field.attname for field in columns(model)]
            if part.columns != due:
                raise DamagedBackupError(f"The columns of {part.table} are others in the file than here.")
            for _ in counted(part.rows):
                pass
    return Restored(reader.header, reader.sha256)


def _refuse_other_tables(header: Header) -> None:
    due = [label(model) for model in (*NAMED, *tables())]
    if list(header.counts) != due:
        others = set(header.counts) ^ set(due)
        raise DamagedBackupError(
            f"The file has other tables than this release: {', '.join(sorted(others)) or 'in another order'}."
        )


def _write(reader: Reader, tell: Tell) -> None:
    """Insert the rows of each table and set its primary-key sequence.

    Raises the errors of fields and of the database for values that they refuse, among them violated constraints.
    """
    numbers: content_types.Numbers = {}
    counted = _counter("Restoring", reader.header, tell)
    for part, model in _parts(reader):
        found = counted(part.rows)
        if model in NAMED:
            numbers[model] = content_types.of(model, found)
            continue
        fields = columns(model)
        names = [str(field.column) for field in fields]
        values = (_values(fields, row, numbers) for row in found)
        while lot := list(islice(values, LOT)):
            insert(model, names, lot)
        sequences.go_on_after(model, part.last, connection)
    connection.check_constraints()


def _values(fields: list[models.Field], row: list[Any], numbers: content_types.Numbers) -> list[Any]:
    return [stored(f, content_types.here(f, value, numbers), connection) for f, value in zip(fields, row, strict=True)]


def _parts(reader: Reader) -> Iterator[tuple[Part, Table]]:
    by_label = {label(model): model for model in (*NAMED, *tables())}
    for part in reader.parts():
        yield part, by_label[part.table]


def _counter(doing: str, header: Header, tell: Tell) -> Callable[[Iterator[list[Any]]], Iterator[list[Any]]]:
    """Return a generator function that passes rows through and reports progress to `tell`."""
    done, total = 0, sum(header.counts.values())

    def counted(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
        nonlocal done
        for row in rows:
            yield row
            done += 1
            if done % LOT == 0 or done == total:
                tell(doing, done, total)

    return counted
