"""Database router: readers read a read replica, if there are any; curators and all writes use the primary.

It also holds the statement timeout and the deadline of the current request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.core.signals import request_finished
from django.db import InterfaceError, OperationalError, connections

PRIMARY = "default"
REPLICA = "replica"
# Statement timeouts in seconds: a server that hangs never returns an error.
READER_WAITS = 20.0
CURATOR_WAITS = 60.0
# Timeout in seconds of a query after the deadline: a result that is available at once is still used.
LEAST = 0.001
# The exceptions raised when a connection was lost or could not be made.
LOST = (OperationalError, InterfaceError)

_READING: ContextVar[str] = ContextVar("reading", default=PRIMARY)
_PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)
_UNTIL: ContextVar[float | None] = ContextVar("until", default=None)
_SHOWN: ContextVar[int | None] = ContextVar("shown", default=None)


class DatabaseRouter:
    """Database router of Django: selects the database for reads and writes."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return read_alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


def read_alias() -> str:
    """Return the alias of the database that is currently read."""
    return _READING.get()


def statement_timeout() -> float | None:
    """Return the current timeout of a query in seconds; None for no limit, as in management commands.

    Within `deadline` it is at most the time left, and at least LEAST.
    """
    seconds, until = _PATIENCE.get(), _UNTIL.get()
    if until is None:
        return seconds
    left = max(until - monotonic(), LEAST)
    return min(left, seconds or left)


def stale_revision() -> int | None:
    """Return the number of the stale revision that this request shows, as the database is unavailable; or None."""
    return _SHOWN.get()


def show_stale_revision(revision: int) -> None:
    """Record that this request shows a revision which may be stale."""
    _SHOWN.set(revision)


def read_as_reader() -> None:
    """Read from a read replica, if there are any, until the request is finished, including a streamed response."""
    reset_routing()
    _READING.set(REPLICA if REPLICA in connections.settings else PRIMARY)
    _PATIENCE.set(READER_WAITS)


def read_as_curator() -> None:
    """Read from the primary until the request is finished."""
    reset_routing()
    _PATIENCE.set(CURATOR_WAITS)


def read_primary() -> None:
    """Read from the primary for the rest of the request: the replica is behind a revision that this node has shown."""
    _READING.set(PRIMARY)


def reset_routing(**kwargs: Any) -> None:
    """Reset to the state of management commands: reads use the primary, without a timeout."""
    _READING.set(PRIMARY)
    _PATIENCE.set(None)
    _SHOWN.set(None)


# A streamed response queries the database until its end, which is after all middleware.
request_finished.connect(reset_routing)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Limit the total time of all queries within to `seconds`, including the time to connect.

    In nested contexts the earliest deadline applies.
    """
    until = monotonic() + seconds
    token = _UNTIL.set(min(until, _UNTIL.get() or until))
    try:
        yield
    finally:
        _UNTIL.reset(token)


def close_lost_connections() -> None:
    """Close the connections of this thread on which an error occurred: the next query opens a new one.

    A connection in a transaction is left open: the code that began the transaction must end it.
    """
    for connection in connections.all(initialized_only=True):
        if connection.errors_occurred and not connection.in_atomic_block:
            connection.close()
