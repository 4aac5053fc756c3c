"""SQLite backend of Django with private files: only the owner may read the database file and its journals.

They contain password hashes, sessions and TOTP secrets. SQLite creates the -wal and -shm files with the mode of the
database file, so its mode must be right before they exist.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.sqlite3 import base

from gvc_catalogue.database.private_files import create_private, restrict

JOURNALS = ("-wal", "-shm", "-journal")


class DatabaseWrapper(base.DatabaseWrapper):
    """The database wrapper that Django loads for this `ENGINE`."""

    def get_new_connection(self, conn_params: Any) -> Any:
        """Return a new connection, after the permissions of the files have been restricted."""
        name = str(conn_params["database"])
        # A database in memory has no file.
        if not name.startswith(("file:", ":memory:")):
            protect(Path(name))
        return super().get_new_connection(conn_params)


def protect(database: Path) -> None:
    """Set mode 0600 on the database file and its journals, and mode 0700 on the folder var/ if the database is in it.

    When a file cannot be created, SQLite raises the error later.
    """
    with suppress(OSError):
        create_private(database)
    for suffix in JOURNALS:
        restrict(database.with_name(f"{database.name}{suffix}"))
    if settings.VAR in database.parents:
        restrict(settings.VAR)
