"""Which database a request reads: readers a replica, where there are any; curators and all that writes the primary."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.core.signals import request_finished
from django.db import InterfaceError, OperationalError, connections

PRIMARY = "default"
REPLICA = "replica"
# Seconds that a single question may take: a server that is frozen never says no.
READER_WAITS = 20.0
CURATOR_WAITS = 60.0
# What is left to a question that comes too late: an answer at hand is taken.
LEAST = 0.001
# What is raised where the connection was lost, or none could be made.
LOST = (OperationalError, InterfaceError)

_READING: ContextVar[str] = ContextVar("reading", default=PRIMARY)
_PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)
_UNTIL: ContextVar[float | None] = ContextVar("until", default=None)
_SHOWN: ContextVar[int | None] = ContextVar("shown", default=None)


class DatabaseRouter:
    """Tells Django where to read and to write."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return read_alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


def read_alias() -> str:
    """Return the alias of the database that is read just now."""
    return _READING.get()


def statement_timeout() -> float | None:
    """Return the seconds that a question may take just now; None for as long as it takes, as in commands."""
    seconds, until = _PATIENCE.get(), _UNTIL.get()
    if until is None:
        return seconds
    left = max(until - monotonic(), LEAST)
    return min(left, seconds or left)


def stale_revision() -> int | None:
    """Return the number of the revision that this request shows as the database is away; None while it is there."""
    return _SHOWN.get()


def show_stale_revision(revision: int) -> None:
    """Say that this request shows a revision of which nobody knows whether it is the last."""
    _SHOWN.set(revision)


def read_as_reader() -> None:
    """Read a replica, where there are any, until the request is finished, its stream included."""
    reset_routing()
    _READING.set(REPLICA if REPLICA in connections.settings else PRIMARY)
    _PATIENCE.set(READER_WAITS)


def read_as_curator() -> None:
    """Read the primary until the request is finished."""
    reset_routing()
    _PATIENCE.set(CURATOR_WAITS)


def read_primary() -> None:
    """Read the primary for the rest of the request: the replica at hand is behind what this node has shown."""
    _READING.set(PRIMARY)


def reset_routing(**kwargs: Any) -> None:
    """Read as commands do: the primary, with all patience."""
    _READING.set(PRIMARY)
    _PATIENCE.set(None)
    _SHOWN.set(None)


# A stream asks the database until its end, which is after all middleware.
request_finished.connect(reset_routing)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Let all questions within together take no longer than this, connecting included."""
    until = monotonic() + seconds
    token = _UNTIL.set(min(until, _UNTIL.get() or until))
    try:
        yield
    finally:
        _UNTIL.reset(token)


def close_lost_connections() -> None:
    """Close the connections of this thread on which something went wrong: the next question opens a new one.

    One within a transaction is left alone: whoever began it must end it.
    """
    for connection in connections.all(initialized_only=True):
        if connection.errors_occurred and not connection.in_atomic_block:
            connection.close()
