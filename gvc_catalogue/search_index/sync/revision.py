"""The revision that the database is at, and what has changed between two of them."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from time import monotonic
from typing import NamedTuple
from uuid import uuid4

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from gvc_catalogue.database.router import LOST, PRIMARY, close_lost_connections, deadline, read_alias, read_primary

from . import postgresql, triggers
from .triggers import WATCHED, dialect

# A range of revisions; nothing at all where the one it begins after is not one that this database has been at.
CHANGES = """SELECT DISTINCT "table", "key" FROM "text_index_change" WHERE "revision" > %s AND "revision" <= %s
    AND EXISTS (SELECT 1 FROM "text_index_revision" WHERE "oldest" = %s OR ("oldest" < %s
    AND EXISTS (SELECT 1 FROM "text_index_change" WHERE "revision" = %s)))"""
# Whoever is behind by more revisions than these builds anew.
KEPT = 10_000
HORIZON = """SELECT DISTINCT "revision" FROM "text_index_change" ORDER BY "revision" DESC LIMIT 1 OFFSET %s"""


class Current(NamedTuple):
    """The number of the revision and the catalogue: 32 hexadecimal digits, made with the database.

    The number is about the microseconds since 1970 when the revision was made. So no number comes twice, not after
    a rollback nor in a database put back from a copy, which goes on with other changes than it did the first time.
    """

    number: int
    catalogue: str


class Change(NamedTuple):
    """What changed: the rows of a watched table with this key; all of the table where the key is None."""

    table: str
    key: int | None


_KNOWN: ContextVar[Current | None] = ContextVar("known", default=None)
# Seconds for which a replica may stand still.
AS_LONG = 1.0
# Seconds that the primary may take to say which is the newest revision.
PRIMARY_WAITS = 0.75


@contextmanager
def revision_known(now: Current) -> Iterator[None]:
    """Let `current()` be this one within: a request that has read it need not read it again."""
    token = _KNOWN.set(now)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def current_revision(using: str | None = None) -> Current:
    """Return the revision that is committed (or that this very transaction has made); one query, of one row.

    It is that of the database that the rows are read from (see databases.py), unless `using` names another.
    """
    if now := _KNOWN.get():
        return now
    return _asked(using or read_alias())


def consistent_revision() -> Current:
    """Return the revision of what this request reads from here on; one query.

    Replicas lag, each differently. One that is behind what this process has shown would take its readers back, and one
    that stands still would never show a change: so the primary is asked each second, and whoever reads a replica that
    is behind reads the primary instead. It alone may take the catalogue back. While it is away, any replica is better
    than none. A connection that was lost is replaced, once.
    """
    if now := _KNOWN.get():
        return now
    try:
        return _settled()
    except LOST:
        close_lost_connections()
        return _settled()


def _settled() -> Current:
    now = _asked(read_alias())
    if read_alias() != PRIMARY and (_seen.is_old() or _seen.is_ahead_of(now)):
        with suppress(DatabaseError), deadline(PRIMARY_WAITS):
            _seen.newest = _asked(PRIMARY)
            if _seen.is_ahead_of(now):
                read_primary()
                return _seen.newest
    if read_alias() == PRIMARY or not _seen.is_ahead_of(now):
        _seen.newest = now
    return now


class _Seen:
    """The newest revision that this process has read, and when it last asked the primary."""

    def __init__(self) -> None:
        self.newest = Current(0, "")
        self._asked_at = -AS_LONG

    def is_old(self) -> bool:
        """Whether it is time to ask again; said to one thread."""
        old = monotonic() >= self._asked_at + AS_LONG
        if old:
            self._asked_at = monotonic()
        return old

    def is_ahead_of(self, now: Current) -> bool:
        return now.catalogue != self.newest.catalogue or now.number < self.newest.number


_seen = _Seen()


@contextmanager
def held() -> Iterator[Current]:
    """Yield the revision; what is read within comes from the same server, and is not older. Three queries.

    On PostgreSQL by a transaction: a pool between us and several servers may answer each question from another one.
    """
    using = read_alias()
    with transaction.atomic(using) if connections[using].vendor == "postgresql" else nullcontext():
        yield _asked(using)


def _asked(using: str) -> Current:
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(dialect(connection).CURRENT)
        row = cursor.fetchone()
    return Current(row[0], row[1]) if row else _made()


def changes(after: int, upto: int, using: str | None = None) -> list[Change] | None:
    """Return each change after one revision up to another, once; one query.

    None when that is not known: `after` is older than what is kept, or of another life of this database.
    """
    if after == upto:
        return []
    with connections[using or read_alias()].cursor() as cursor:
        cursor.execute(CHANGES, [after, upto, after, after, after])
        # A revision that was raised has changes: where there are none, something is missing.
        return [Change(*row) for row in cursor.fetchall()] or None


def note_everything(using: str = "default") -> None:
    """Raise the revision and note all watched tables as changed as a whole."""
    triggers.note(connections[using], WATCHED)


def prune(keep_revisions: int | None = None, using: str = "default") -> int:
    """Forget the changes before the last so many revisions; return how many were noted. Three queries, or one.

    None are forgotten while somebody writes: nobody who reads waits for that.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(HORIZON, [keep_revisions or KEPT])
        row = cursor.fetchone()
        if not row:
            return 0
        with transaction.atomic(using):
            cursor.execute(dialect(connections[using]).FORGET, [row[0], row[0]])
            if not cursor.rowcount:
                return 0
            cursor.execute('DELETE FROM "text_index_change" WHERE "revision" <= %s', [row[0]])
            return int(cursor.rowcount)


@contextmanager
def paused(using: str = "default") -> Iterator[None]:
    """Note nothing row by row within, and everything at the end: for one bulk change, in one transaction.

    An error, or the end of the process, takes the change back, and the triggers stand as before.
    """
    connection = connections[using]
    with transaction.atomic(using):
        if connection.vendor == "sqlite":
            # Nobody else writes until the transaction ends, so no change of theirs is missed.
            triggers.drop(connection)
        else:
            # What others write is noted as ever, and readers wait for no lock.
            _execute(connection, postgresql.PAUSE)
        yield
        if connection.vendor == "sqlite":
            triggers.install(connection)
        else:
            _execute(connection, postgresql.RESUME)
        note_everything(using)


def rename_catalogue(using: str = "default") -> None:
    """Give the catalogue another name, so that no index and no page made before is taken for one of it. One query."""
    with connections[using].cursor() as cursor:
        cursor.execute('UPDATE "text_index_revision" SET "catalogue" = %s', [uuid4().hex])


def _made() -> Current:
    """The revision of a catalogue that has just lost its own: tables were emptied. It is another one from now on."""
    _execute(connections[PRIMARY], dialect(connections[PRIMARY]).MAKE)
    return _asked(PRIMARY)


def _execute(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
