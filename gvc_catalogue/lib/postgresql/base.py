"""Django's PostgreSQL, with an end to waiting: a server that is frozen or cut off neither answers nor refuses.

A question is given up after the patience of who asks (see databases.py). Where no server could be reached, one thread
of a process tries again and the others are told so at once, rather than wait in a queue.
"""

from threading import Lock
from time import monotonic
from types import SimpleNamespace
from typing import Any, ClassVar

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import OperationalError
from psycopg.abc import PQGen

from ..databases import patience, waiting_at_most

# Seconds: what a server may take to say that it is there, until the next try, and the longest that a try takes.
GREETING = 2.0
PAUSE = 1.0
TRYING = 30.0


class Connection(psycopg.Connection[Any]):
    """A connection whose every question ends."""

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Return what psycopg does. Raises OperationalError when patience has ended."""
        return super().wait(gen, interval, timeout or patience())


class Away:
    """Which databases could not be reached, and when it is worth trying again; shared by the threads of a process."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._lock = Lock()

    def may_try(self, alias: str) -> bool:
        """Say whether to try: always while all is well, otherwise one thread after a pause."""
        with self._lock:
            if alias not in self._next:
                return True
            may = monotonic() >= self._next[alias]
            if may:
                self._next[alias] = monotonic() + TRYING
            return may

    def failed(self, alias: str) -> None:
        with self._lock:
            self._next[alias] = monotonic() + PAUSE

    def reached(self, alias: str) -> None:
        with self._lock:
            self._next.pop(alias, None)


class DatabaseWrapper(base.DatabaseWrapper):
    """What `ENGINE` names."""

    Database: Any = SimpleNamespace(**vars(psycopg) | {"connect": Connection.connect})
    away: ClassVar[Away] = Away()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a new connection. Raises OperationalError at once where another thread has just tried in vain."""
        if patience() and not self.away.may_try(self.alias):
            raise OperationalError("The database could not be reached a moment ago.")
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            self.away.failed(self.alias)
            raise
        self.away.reached(self.alias)
        return connection

    def is_usable(self) -> bool:
        """Say whether the server still answers, and soon."""
        with waiting_at_most(GREETING):
            return bool(super().is_usable())
