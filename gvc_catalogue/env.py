"""Reading values of the environment. A value that cannot be read stops the start with a sentence that names it."""

import os
import secrets
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from .lib.private_files import restrict

Environment = Mapping[str, str]

YES = {"yes", "true", "on", "1"}
NO = {"no", "false", "off", "0"}
POSTGRESQL_FORM = "postgresql://user:password@host:5432/name"
ONE = {"connect_timeout": "5"}
# Of several hosts the one that can be written to, and not long waited for one that is gone.
SEVERAL = {"target_session_attrs": "read-write", "connect_timeout": "2"}
# Of replicas any; the primary where none of them answers.
READERS = {"target_session_attrs": "prefer-standby", "load_balance_hosts": "random", "connect_timeout": "2"}


def text(environ: Environment, name: str, default: str = "") -> str:
    """The value without the space around it. One that is empty counts as not given."""
    return environ.get(name, "").strip() or default


def yes_or_no(environ: Environment, name: str, default: bool) -> bool:
    value = text(environ, name)
    if not value:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”, but must be yes or no.")


def items(environ: Environment, name: str, default: list[str]) -> list[str]:
    """What stands between commas."""
    values = [part.strip() for part in text(environ, name).split(",")]
    return [value for value in values if value] or default


def networks(environ: Environment, name: str, default: list[str]) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks between commas: 10.0.0.7, 10.1.0.0/16, ::1."""
    try:
        return [ip_network(value) for value in items(environ, name, default)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}; it must be addresses or networks between commas.") from error


def integer(environ: Environment, name: str, default: int, least: int, most: int) -> int:
    value = text(environ, name, str(default))
    # isdigit alone takes "²", which int does not.
    if value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most:
        return int(value)
    raise ImproperlyConfigured(f"{name} is “{value}”, but must be a whole number from {least} to {most}.")


def secret(environ: Environment, name: str, file: Path) -> str:
    """The secret of the environment, else the one in `file`, which is made on first use."""
    value = text(environ, name)
    if value:
        return value
    try:
        make_secret(file)
        restrict(file)
        return file.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set and {file} cannot be used ({error.strerror}); set {name} to a long random text."
        ) from error


def make_secret(file: Path) -> None:
    """Write a new secret that only the owner can read, whole or not at all, unless there is one."""
    if file.exists():
        return
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600)
    with open(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, file)  # Refuses to replace the secret of a process that came first.
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def database(environ: Environment, name: str, base: Path, default: Path) -> dict[str, Any]:
    """Django's settings for the database that an address names; without one, the SQLite file `default`.

    `sqlite:///folder/file` is relative to `base`, `sqlite:////folder/file` is not.
    """
    address = text(environ, name)
    if not address:
        return sqlite(default)
    scheme, _, rest = address.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and rest.strip("/"):
        return sqlite(base / unquote(rest[1:]))
    if scheme in ("postgresql", "postgres") and rest:
        return postgresql(name, address)
    raise bad_database(name, "is not an address that the catalogue knows")


def sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "gvc_catalogue.lib.sqlite",
        "NAME": file,
        # Opening it and saying the pragmas anew takes longer than most questions.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # A writer takes its turn when it begins, rather than failing when it first writes.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL",
        },
    }


def postgresql(name: str, address: str, defaults: Environment | None = None) -> dict[str, Any]:
    """libpq reads the address, so several hosts and all its options pass through, before any default."""
    try:
        options: dict[str, Any] = conninfo_to_dict(address)
    except ProgrammingError as error:
        raise bad_database(name, "is not an address that PostgreSQL can read") from error
    if "dbname" not in options:
        raise bad_database(name, "names no database")
    parts = {
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
    }
    return parts | {
        "ENGINE": "gvc_catalogue.lib.postgresql",
        "OPTIONS": dict(defaults or (SEVERAL if "," in parts["HOST"] else ONE)) | options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def replica(environ: Environment, name: str, primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Django's settings for the databases that readers are answered from, by their alias; none without an address."""
    address = text(environ, name)
    if not address:
        return {}
    if not address.startswith(("postgresql://", "postgres://")) or "HOST" not in primary:
        raise bad_database(name, "is for replicas of PostgreSQL alone, and only where DATABASE_URL names one too")
    # Tests have one database, whatever the environment says.
    return {"replica": postgresql(name, address, READERS) | {"TEST": {"MIRROR": "default"}}}


def bad_database(name: str, what: str) -> ImproperlyConfigured:
    """The value is left out of the sentence: it may hold a password, and sentences end in logs."""
    return ImproperlyConfigured(
        f"{name} {what} (it is not repeated here, as it may hold a password); "
        f"it must be {POSTGRESQL_FORM}, sqlite:///relative/file or sqlite:////absolute/file."
    )
