"""Revision number of the database, and the changes (delta) between two revisions."""

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

# The changes in a range of revisions; no row when this database never had the revision at which the range begins.
CHANGES = """SELECT DISTINCT "table", "key" FROM "text_index_change" WHERE "revision" > %s AND "revision" <= %s
    AND EXISTS (SELECT 1 FROM "text_index_revision" WHERE "oldest" = %s OR ("oldest" < %s
    AND EXISTS (SELECT 1 FROM "text_index_change" WHERE "revision" = %s)))"""
# An index that is behind by more revisions than this is built again.
KEPT = 10_000
HORIZON = """SELECT DISTINCT "revision" FROM "text_index_change" ORDER BY "revision" DESC LIMIT 1 OFFSET %s"""


class Current(NamedTuple):
    """The revision number, and the identifier of the catalogue: 32 hexadecimal digits, created with the database.

    The number is roughly the time at which the revision was made, in microseconds since 1970. So no number is used
    twice: neither after a rollback nor in a database restored from a backup, which then gets other changes than the
    first time.
    """

    number: int
    catalogue: str


class Change(NamedTuple):
    """A change: the rows of a watched table with this key; the whole table when the key is None."""

    table: str
    key: int | None


_KNOWN: ContextVar[Current | None] = ContextVar("known", default=None)
# Seconds between two queries of the primary: the longest time for which a replica may be stale.
AS_LONG = 1.0
# Timeout in seconds of the query for the newest revision on the primary.
PRIMARY_WAITS = 0.75


@contextmanager
def revision_known(now: Current) -> Iterator[None]:
    """Context manager in which `current_revision()` returns `now` without a query.

    For a request that has read the revision already.
    """
    token = _KNOWN.set(now)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def current_revision(using: str | None = None) -> Current:
    """Return the revision that is committed, or that this transaction itself has made. One query, of one row.

    It is that of the database from which rows are read (see database/router.py), unless `using` names another. No query
    within `revision_known`.
    """
    if now := _KNOWN.get():
        return now
    return _asked(using or read_alias())


def consistent_revision() -> Current:
    """Return the revision of the database that this request reads from here on. One query.

    Read replicas lag by different amounts. A replica that is behind a revision this process has shown would take
    readers back in time, and a replica that no longer replicates would never show a change. So the primary is queried
    once a second (one more query), and a request on a replica that is behind reads the primary instead. Only the
    primary may take the catalogue back. While the primary is unavailable, any replica is used. A lost connection is
    replaced once. No query within `revision_known`.
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
    """The newest revision that this process has read, and the time of its last query of the primary."""

    def __init__(self) -> None:
        self.newest = Current(0, "")
        self._asked_at = -AS_LONG

    def is_old(self) -> bool:
        """Return whether the primary is due to be queried again; true for one caller in each interval."""
        old = monotonic() >= self._asked_at + AS_LONG
        if old:
            self._asked_at = monotonic()
        return old

    def is_ahead_of(self, now: Current) -> bool:
        return now.catalogue != self.newest.catalogue or now.number < self.newest.number


_seen = _Seen()


@contextmanager
def held() -> Iterator[Current]:
    """Yield the revision; all reads within use the same server and are not older than the revision. Three queries.

    On PostgreSQL this opens a transaction: a connection pooler in front of several servers may send each query to
    another one.
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
    """Return each distinct change after revision `after`, up to and including revision `upto`. One query.

    Returns None when the changes are unknown: `after` is older than the changes kept, or this database never had it.
    Returns an empty list without a query when both are equal.
    """
    if after == upto:
        return []
    with connections[using or read_alias()].cursor() as cursor:
        cursor.execute(CHANGES, [after, upto, after, after, after])
        # Each revision has changes: when there are no rows, some are missing.
        return [Change(*row) for row in cursor.fetchall()] or None


def note_everything(using: str = "default") -> None:
    """Raise the revision and note all watched tables as changed as a whole."""
    triggers.note(connections[using], WATCHED)


def prune(keep_revisions: int | None = None, using: str = "default") -> int:
    """Delete the changes before the last `keep_revisions` revisions; return the number of changes deleted.

    `keep_revisions` is KEPT by default. Three queries, or one when there are no older changes. On PostgreSQL nothing is
    deleted while another transaction writes, so that a request does not wait for its lock.
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
    """Suspend change tracking for one bulk change, in one transaction.

    At its end all watched tables are noted as changed as a whole. An error, or the end of the process, rolls back the
    change, and the triggers remain as before.
    """
    connection = connections[using]
    with transaction.atomic(using):
        if connection.vendor == "sqlite":
            # No other connection can write until the transaction ends, so no other change is missed.
            triggers.drop(connection)
        else:
            # Changes by other transactions are still noted, and readers wait for no lock.
            _execute(connection, postgresql.PAUSE)
        yield
        if connection.vendor == "sqlite":
            triggers.install(connection)
        else:
            _execute(connection, postgresql.RESUME)
        note_everything(using)


def rename_catalogue(using: str = "default") -> None:
    """Give the catalogue a new identifier, which invalidates all indexes and pages made before. One query."""
    with connections[using].cursor() as cursor:
        cursor.execute('UPDATE "text_index_revision" SET "catalogue" = %s', [uuid4().hex])


def _made() -> Current:
    """Return the revision of a catalogue after its revision row was lost because tables were emptied.

    The catalogue has a new identifier from then on.
    """
    _execute(connections[PRIMARY], dialect(connections[PRIMARY]).MAKE)
    return _asked(PRIMARY)


def _execute(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
