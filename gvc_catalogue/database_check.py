"""Preflight check of PostgreSQL: every database that the environment names must answer, before it is migrated."""

import psycopg

from . import preflight
from .configuration import Configuration
from .env import ConfigurationError

VARIABLES = {"default": "DATABASE_URL", "replica": "DATABASE_REPLICA_URL"}
PARTS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def check_databases(loaded: Configuration) -> None:
    """Connect to each PostgreSQL.

    Raises ConfigurationError for the first that does not answer, and for a primary that cannot be written to.
    """
    for alias, found in loaded.databases.items():
        if "HOST" not in found:  # SQLite
            continue
        values = {word: found[part] for part, word in PARTS.items() if found[part]}
        try:
            with psycopg.connect(**values | found["OPTIONS"]) as connection:
                answer = connection.execute("SHOW transaction_read_only").fetchone()
        except psycopg.Error as error:
            # libpq says a line for each host that it tried; passwords are not among what it says.
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
