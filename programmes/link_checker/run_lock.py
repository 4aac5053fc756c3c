"""Lock against concurrent runs of the link checker: two runs would break the pauses between requests to a host."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Key of the advisory lock; any number that no other lock of this database uses.
KEY = 0x6C696E6B73


class AlreadyRunningError(Exception):
    """Another run holds the lock."""


@contextmanager
def run_lock() -> Iterator[None]:
    """Hold the lock of the link checker. It is released when the process ends. Raises AlreadyRunningError.

    On PostgreSQL it is an advisory lock of the server, for runs on any machine; on SQLite a locked file (flock) beside
    the database.
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
