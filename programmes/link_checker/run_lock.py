"""Two runs at once would ask a host twice at a time: the second one is refused."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Any number that no other lock of this database has.
KEY = 0x6C696E6B73


class AlreadyRunningError(Exception):
    """Another run is under way."""


@contextmanager
def run_lock() -> Iterator[None]:
    """Hold the catalogue's lock for asking links; the system lets go of it when the process ends. Raises Busy.

    On PostgreSQL it is the server's, for runs on any machine; on SQLite it is a file beside the database.
    """
    with _on_server() if connection.vendor == "postgresql" else _beside_file():
        yield


@contextmanager
def _on_server() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if not cursor.fetchone()[0]:
            raise AlreadyRunningError
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


@contextmanager
def _beside_file() -> Iterator[None]:
    with Path(f"{connection.settings_dict['NAME']}-links.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError from error
        yield
