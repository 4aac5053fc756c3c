"""Django's SQLite backend; the database file and its journals are readable by their owner only.

They hold password hashes, sessions and secrets of one-time codes. SQLite creates -wal and -shm with the mode of the
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
    """What `ENGINE` names."""

    def get_new_connection(self, conn_params: Any) -> Any:
        """Return a new connection, after the files have been made private."""
        name = str(conn_params["database"])
        # A database in memory has no file.
        if not name.startswith(("file:", ":memory:")):
            protect(Path(name))
        return super().get_new_connection(conn_params)


def protect(database: Path) -> None:
    """Give the database mode 0600, with its journals, and the folder var/ mode 0700 where it lies in there.

    A file that cannot be created is left to SQLite, which says so.
    """
    with suppress(OSError):
        create_private(database)
    for suffix in JOURNALS:
        restrict(database.with_name(f"{database.name}{suffix}"))
    if settings.VAR in database.parents:
        restrict(settings.VAR)
