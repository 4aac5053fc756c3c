"""Preflight check of PostgreSQL: every configured database must accept a connection, before it is migrated."""

import psycopg

from . import preflight
from .configuration import Configuration
from .env import ConfigurationError

VARIABLES = {"default": "DATABASE_URL", "replica": "DATABASE_REPLICA_URL"}
PARTS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def check_databases(loaded: Configuration) -> None:
    """Connect to each configured PostgreSQL database; SQLite is skipped. One query each.

    Raises ConfigurationError for the first that cannot be reached, and for a primary that is read-only.
    """
    for alias, found in loaded.databases.items():
        if "HOST" not in found:  # SQLite
            continue
        values = {word: found[part] for part, word in PARTS.items() if found[part]}
        try:
            with psycopg.connect(**values | found["OPTIONS"]) as connection:
                answer = connection.execute("SHOW transaction_read_only").fetchone()
        except psycopg.Error as error:
            # libpq's message has a line for each host that it tried, and contains no password.
            reason = "; ".join(str(error).split("\n")).replace("\t", "").rstrip(".;? ")
            raise ConfigurationError(
                f"{VARIABLES[alias]} names a database that cannot be used ({reason}); "
                "start it, or name another by postgresql://user:password@host:5432/name."
            ) from error
        if alias == "default" and answer != ("off",):
            raise ConfigurationError(
                f"{VARIABLES[alias]} names a database that cannot be written to (a standby, or one that is read-only); "
                "name another, the primary, or all hosts between commas: postgresql://user:password@host1,host2/name."
            )


if __name__ == "__main__":
    preflight.run(check_databases)
