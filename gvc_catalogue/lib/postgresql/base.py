"""Django's PostgreSQL, with an end to waiting: a server that is frozen or cut off neither answers nor refuses.

A question is given up after the patience of who asks (see databases.py). Once no server could be reached, a thread of
its own looks for one, and whoever asks meanwhile is told so at once: a server has few threads, and none stands in line.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from threading import Lock, Thread
from types import SimpleNamespace
from typing import Any, ClassVar

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import PQGen

from ..databases import patience, waiting_at_most

# Seconds that a server may take to say it is there; that one who connects waits for another who does; between looks.
GREETING = 2.0
TURN = 5.0
PAUSE = 1.0

Connect = Callable[[], "Connection"]


class Connection(psycopg.Connection[Any]):
    """A connection whose every question ends."""

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Return what psycopg does. Raises OperationalError when patience has ended."""
        return super().wait(gen, interval, timeout or patience())


class Away:
    """Which databases could not be reached; shared by the threads of a process."""

    def __init__(self) -> None:
        self._away: set[str] = set()
        self._lock = Lock()
        self._turns: dict[str, Lock] = defaultdict(Lock)

    def connected(self, alias: str, connect: Connect) -> "Connection":
        """Return a new connection, one thread after the other. Raises OperationalError, at once while it is away."""
        if alias not in self._away and self._turns[alias].acquire(timeout=TURN):
            try:
                if alias not in self._away:
                    return connect()
            except psycopg.OperationalError:
                self._look_for(alias, connect)
                raise
            finally:
                self._turns[alias].release()
        self._look_for(alias, connect)
        raise psycopg.OperationalError("The database could not be reached a moment ago.")

    def _look_for(self, alias: str, connect: Connect) -> None:
        """Begin to look for a database, unless that is being done."""
        with self._lock:
            if alias in self._away:
                return
            self._away.add(alias)
        Thread(target=self._look, args=(alias, connect), daemon=True).start()

    def _look(self, alias: str, connect: Connect) -> None:
        while alias in self._away:
            time.sleep(PAUSE)
            try:
                connect().close()
            except psycopg.Error:
                continue
            self._away.discard(alias)


class DatabaseWrapper(base.DatabaseWrapper):
    """What `ENGINE` names."""

    away: ClassVar[Away] = Away()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The module that Django connects by, with our way of connecting.
        self.Database: Any = SimpleNamespace(**vars(psycopg) | {"connect": self._connected})

    def _connected(self, **conn_params: Any) -> Connection:
        """Return a new connection. Raises psycopg's OperationalError; to a request at once while it is away."""
        connect = partial(Connection.connect, **conn_params)
        return self.away.connected(self.alias, connect) if patience() else connect()

    def is_usable(self) -> bool:
        """Say whether the server still answers, and soon."""
        with waiting_at_most(GREETING):
            return bool(super().is_usable())
