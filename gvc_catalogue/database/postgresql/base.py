"""PostgreSQL backend of Django with client-side timeouts, for a server that hangs or is unreachable without an error.

A query is cancelled after the statement timeout of the request (see router.py), or soon after its server stopped
responding. A server that timed out is skipped for new connections while its circuit is open (see circuit_breaker.py).
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

# Seconds after which the response of a server is overdue; timeout in seconds of a probe.
OVERDUE = 0.5
PROBE = 2.0
# Timeout in seconds of a connection to a standby when any server is tried afterwards; longer than OVERDUE, so that the
# circuit of a hanging server opens.
STANDBY_CONNECTS = 0.7
BREAKER = CircuitBreaker()


class Connection(psycopg.Connection[Any]):
    """A psycopg connection on which every query ends within a timeout."""

    server: Server = ()
    probe: Probe

    @classmethod
    def _connect_gen(cls, conninfo: str = "") -> Any:
        """Connect as psycopg does, with the statement timeout: `connect_timeout` is at least two seconds."""
        return ended(super()._connect_gen(conninfo))

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Return the result of psycopg's `wait`.

        Raises OperationalError when the statement timeout has passed, or the server does not respond and is skipped.
        """
        return super().wait(ended(gen, self) if statement_timeout() else gen, interval, timeout)

    def overdue(self) -> None:
        """Start a probe of the server. Raises OperationalError when a probe has failed already."""
        BREAKER.suspect(self.server, self.probe)
        if BREAKER.is_confirmed(self.server):
            raise psycopg.OperationalError("The database server does not answer.")


def ended(gen: Any, connection: Connection | None = None) -> Generator[Any, Any, Any]:
    """Wrap a psycopg generator with the statement timeout.

    Yields the states that psycopg waits for. With a `connection`, psycopg resumes this generator each tenth of a
    second, and an overdue response is reported to the connection. Raises OperationalError when the timeout has passed.
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
    """Return a connection to the first server that responds. Raises OperationalError when none does."""
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
    """Return a connection that has its server and probe as attributes. Raises OperationalError."""
    connection = Connection.connect(**parameters)
    connection.server, connection.probe = server, partial(probe, server, parameters)
    return connection


def probe(server: Server, parameters: Parameters) -> None:
    """Health check: run `SELECT 1` on a server. Raises OperationalError.

    A connection alone proves nothing: a connection pooler may accept one without a server behind it.
    """
    with deadline(PROBE), connected_to(server, parameters | {"target_session_attrs": "any"}) as connection:
        connection.execute("SELECT 1")


class DatabaseWrapper(base.DatabaseWrapper):
    """The database wrapper that Django loads for this `ENGINE`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The module through which Django connects, with `connect` replaced.
        self.Database: Any = SimpleNamespace(**vars(psycopg) | {"connect": connected})

    def is_usable(self) -> bool:
        """Return whether the server still responds, within OVERDUE seconds.

        Returns False without a query when the circuit of the server is open. Opens the circuit when the server times
        out.
        """
        connection: Connection = self.connection
        if BREAKER.is_open(connection.server):
            return False
        began = time.monotonic()
        with deadline(OVERDUE):
            usable = bool(super().is_usable())
        if not usable and time.monotonic() - began >= OVERDUE:
            BREAKER.trip(connection.server, connection.probe)
        return usable
