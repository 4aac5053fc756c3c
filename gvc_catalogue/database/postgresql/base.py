"""Django's PostgreSQL, with an end to waiting: a server that is frozen or cut off neither answers nor refuses.

A question is given up after the patience of who asks (see databases.py), or soon after its server stopped answering. A
server that timed out is left out of new connections while its circuit is open (see circuit_breaker.py).
"""

import time
from collections.abc import Generator
from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import PQGen

from gvc_catalogue.database.router import deadline, statement_timeout

from .circuit_breaker import CircuitBreaker, Probe, Server
from .hosts import ROLE, Parameters, attempts

# Seconds after which a server's answer is overdue; that a probe waits for one.
OVERDUE = 0.5
PROBE = 2.0
# Seconds for a connection to a standby, while any server is tried again afterwards; more than OVERDUE, so that the
# circuit of a frozen one opens.
STANDBY_CONNECTS = 0.7
BREAKER = CircuitBreaker()


class Connection(psycopg.Connection[Any]):
    """A connection whose every question ends."""

    server: Server = ()
    probe: Probe

    @classmethod
    def _connect_gen(cls, conninfo: str = "") -> Any:
        """As psycopg's, but given up when patience has ended: `connect_timeout` is two seconds at least."""
        return ended(super()._connect_gen(conninfo))

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Return what psycopg does. Raises OperationalError when patience has ended, or the server is left out."""
        return super().wait(ended(gen, self) if statement_timeout() else gen, interval, timeout)

    def overdue(self) -> None:
        """Have the server probed. Raises OperationalError when that has failed already."""
        BREAKER.suspect(self.server, self.probe)
        if BREAKER.is_confirmed(self.server):
            raise psycopg.OperationalError("The database server does not answer.")


def ended(gen: Any, connection: Connection | None = None) -> Generator[Any, Any, Any]:
    """Yield what psycopg waits for, which resumes this each tenth of a second; of a `connection` that is known.

    Raises OperationalError when patience has ended.
    """
    began, limit = time.monotonic(), statement_timeout()
    heard = began
    try:
        state = next(gen)
        while True:
            if ready := (yield state):
                heard = time.monotonic()
            state = gen.send(ready)
            now = time.monotonic()
            if limit and now - began > limit:
                raise psycopg.OperationalError(f"No answer within {limit:.1f} seconds.")
            if connection and now - heard > OVERDUE:
                connection.overdue()
    except StopIteration as end:
        return end.value


def connected(**parameters: Any) -> Connection:
    """Return a connection to the first server that answers. Raises OperationalError where none does."""
    failure = psycopg.OperationalError("No database server could be reached a moment ago.")
    for server, attempt in attempts(parameters, BREAKER):
        began = time.monotonic()
        try:
            with deadline(STANDBY_CONNECTS) if attempt.get(ROLE) == "standby" else nullcontext():
                return connected_to(server, attempt)
        except psycopg.OperationalError as error:
            failure = error
        if time.monotonic() - began > OVERDUE:
            BREAKER.trip(server, partial(probe, server, attempt))
    raise failure


def connected_to(server: Server, parameters: Parameters) -> Connection:
    """Return a connection that knows its server. Raises OperationalError."""
    connection = Connection.connect(**parameters)
    connection.server, connection.probe = server, partial(probe, server, parameters)
    return connection


def probe(server: Server, parameters: Parameters) -> None:
    """Ask a server for its word. Raises OperationalError: a pooler may take a connection and have nothing behind it."""
    with deadline(PROBE), connected_to(server, parameters | {"target_session_attrs": "any"}) as connection:
        connection.execute("SELECT 1")


class DatabaseWrapper(base.DatabaseWrapper):
    """What `ENGINE` names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The module that Django connects by, with our way of connecting.
        self.Database: Any = SimpleNamespace(**vars(psycopg) | {"connect": connected})

    def is_usable(self) -> bool:
        """Say whether the server still answers, and soon; one that does not is left out."""
        connection: Connection = self.connection
        if BREAKER.is_open(connection.server):
            return False
        began = time.monotonic()
        with deadline(OVERDUE):
            usable = bool(super().is_usable())
        if not usable and time.monotonic() - began >= OVERDUE:
            BREAKER.trip(connection.server, connection.probe)
        return usable
