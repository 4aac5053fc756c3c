"""Parsers of environment variables. A value that cannot be parsed raises ConfigurationError with one sentence.

An empty variable counts as unset. Standard library only, as values are checked before packages are installed; once
psycopg is installed, libpq checks PostgreSQL URLs too.
"""

import os
import re
import secrets
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .database.private_files import restrict

try:
    import psycopg.conninfo
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True

Environment = Mapping[str, str]

YES = {"yes", "true", "on", "1"}
NO = {"no", "false", "off", "0"}
POSTGRESQL_FORM = "postgresql://user:password@host:5432/name"
ONE = {"connect_timeout": "5"}
# Of several hosts the writable one (primary), with a short timeout for a host that is down.
SEVERAL = {"target_session_attrs": "read-write", "connect_timeout": "2"}
# Any replica, at random (load balancing); the primary if none of them can be reached.
READERS = {"target_session_attrs": "prefer-standby", "load_balance_hosts": "random", "connect_timeout": "2"}

BAD_PORT = "has a port that is no number from 1 to 65535, or @ or / in its password and not %40 or %2F"
PORT_OF_HOST = re.compile(r"(?:^|,)(?:\[[^]]*\]|[^][,:]*):([0-9]+)(?=,|$)")

SECRET_LENGTH = 50
ADVICE = "set SECRET_KEY to a long random text, such as openssl rand -hex 32 prints"
HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?", re.IGNORECASE)
NUMBERS = re.compile(r"[0-9.]+")


class ConfigurationError(ValueError):
    """Invalid value of an environment variable; the message is one sentence that names the variable."""


def shown(value: str) -> str:
    """Return a value as quoted in an error message: on one line, with ? for each character that is not printable."""
    return "".join(letter if letter.isprintable() else "?" for letter in value)


def text(environ: Environment, name: str, default: str = "") -> str:
    """Return the value without surrounding whitespace; the default where it is unset or empty."""
    return environ.get(name, "").strip() or default


def yes_or_no(environ: Environment, name: str, default: bool) -> bool:
    value = text(environ, name)
    if not value:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise ConfigurationError(f"{name} is “{shown(value)}”, but must be yes or no.")


def items(environ: Environment, name: str, default: list[str]) -> list[str]:
    """Return the comma-separated values in order; the default where the variable is empty.

    Raises ConfigurationError for commas without any value.
    """
    given = text(environ, name)
    values = [part.strip() for part in given.split(",") if part.strip()]
    if given and not values:
        raise ConfigurationError(f"{name} is “{shown(given)}”, but must be values between commas, or empty.")
    return values or default


def networks(environ: Environment, name: str, default: list[str]) -> list[IPv4Network | IPv6Network]:
    """Return comma-separated IP addresses and networks (CIDR) such as 10.0.0.7, 10.1.0.0/16, ::1, as networks.

    Raises ConfigurationError for any other value.
    """
    values = items(environ, name, default)
    try:
        return [ip_network(value) for value in values]
    except ValueError as error:
        raise ConfigurationError(
            f"{name}: {shown(str(error))}; it must be addresses or networks between commas, such as 10.0.0.7."
        ) from error


def hosts(environ: Environment, name: str, default: list[str]) -> list[str]:
    """Return comma-separated host names, as in Django's ALLOWED_HOSTS: *, gvc.example.org, .example.org, [::1].

    Raises ConfigurationError for any other value, such as one with a scheme, port or path.
    """
    values = items(environ, name, default)
    for value in values:
        if value != "*" and not is_host(value.removeprefix(".")):
            raise ConfigurationError(
                f"{name} has “{shown(value)}”, but must be host names between commas, without scheme, port and path, "
                "such as catalogue.example.org, .example.org or [::1]."
            )
    return values


def address(environ: Environment, name: str, default: str) -> str:
    """Return the address that a server listens on: a host name, IPv4, or IPv6 in brackets, without a port.

    Raises ConfigurationError for any other value.
    """
    value = text(environ, name, default)
    if not is_host(value):
        raise ConfigurationError(
            f"{name} is “{shown(value)}”, but must be an address of this machine without a port, "
            "such as 127.0.0.1, 0.0.0.0 or [::]."
        )
    return value


def is_host(value: str) -> bool:
    """Return whether a value is a host name, an IPv4 address, or an IPv6 address in brackets."""
    if value[:1] + value[-1:] != "[]" and not NUMBERS.fullmatch(value):
        return bool(HOST_NAME.fullmatch(value))
    try:
        return ip_address(value.strip("[]")).version == (6 if value[0] == "[" else 4)
    except ValueError:
        return False


def integer(environ: Environment, name: str, default: int, least: int, most: int) -> int:
    value = text(environ, name, str(default))
    # isdigit() accepts "²", which int() rejects.
    if value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most:
        return int(value)
    raise ConfigurationError(f"{name} is “{shown(value)}”, but must be a whole number from {least} to {most}.")


def secret(environ: Environment, name: str, file: Path) -> str:
    """Return the secret key of the environment variable, else the one in `file`, which is created on first use.

    Raises ConfigurationError for a key of fewer than `SECRET_LENGTH` characters, and where `file` cannot be used.
    """
    value = text(environ, name)
    if value and len(value) < SECRET_LENGTH:
        raise ConfigurationError(
            f"{name} has {len(value)} characters, but must have {SECRET_LENGTH} or more; {ADVICE}."
        )
    return value or kept_secret(name, file)


def kept_secret(name: str, file: Path) -> str:
    """Return the secret key in `file`, which is created on first use and readable by its owner only.

    Raises ConfigurationError where the file cannot be used, or has fewer than `SECRET_LENGTH` characters.
    """
    try:
        make_secret(file)
        restrict(file)
        value = file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "it holds no text")
        raise ConfigurationError(f"{name} is not set and {file} cannot be used ({reason}); {ADVICE}.") from error
    if len(value) < SECRET_LENGTH:
        raise ConfigurationError(
            f"{name} is not set and {file} has fewer than {SECRET_LENGTH} characters; delete it, or {ADVICE}."
        )
    return value


def make_secret(file: Path) -> None:
    """Create the file of a random secret key, mode 0600, atomically; skips a file that exists. Raises OSError."""
    if file.exists():
        return
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600)
    with open(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, file)  # Fails if another process created it first: its secret is kept.
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def database(environ: Environment, name: str, base: Path, default: Path) -> dict[str, Any]:
    """Return Django's settings (an entry of DATABASES) for a database URL; without one, for the SQLite file `default`.

    `sqlite:///folder/file` is relative to `base`, `sqlite:////folder/file` is absolute. Raises ConfigurationError for a
    URL that is invalid or has another scheme.
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
        "ENGINE": "gvc_catalogue.database.sqlite",
        "NAME": file,
        # Opening a connection and running the pragmas takes longer than most queries.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # A transaction takes the write lock at BEGIN and waits for it, rather than fail at its first write.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL",
        },
    }


def postgresql(name: str, address: str, defaults: Environment | None = None) -> dict[str, Any]:
    """Return Django's settings (an entry of DATABASES) for a PostgreSQL connection URI, parsed by libpq.

    Several hosts and all libpq options are supported; options of the URI win over `defaults`. Before psycopg is
    installed the result names no host, and only serves to find invalid URIs. Raises ConfigurationError for a URI that
    libpq cannot parse, without a database name, or with an invalid port.
    """
    if not re.search(r"//[^/]*/[^?]|[?&]dbname=.", address):
        raise bad_database(name, "names no database")
    if not all(0 < int(port) < 65536 for port in ports(address)):
        raise bad_database(name, BAD_PORT)
    try:
        options: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(address) if INSTALLED else {"dbname": ""}
    except psycopg.ProgrammingError as error:
        raise bad_database(name, "is not an address that PostgreSQL can read") from error
    # A password with an unescaped @ or / is parsed in part as host, and a connection error would disclose it.
    if not re.fullmatch("[0-9,]*", options.get("port", "")) or "@" in options.get("host", "") + options["dbname"]:
        raise bad_database(name, BAD_PORT)
    parts = {
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
    }
    return parts | {
        "ENGINE": "gvc_catalogue.database.postgresql",
        "OPTIONS": dict(defaults or (SEVERAL if "," in parts["HOST"] else ONE)) | options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def ports(address: str) -> list[str]:
    """Return the ports of a PostgreSQL connection URI (libpq), those of its hosts, then those of parameter `port`."""
    base, _, query = address.partition("://")[2].partition("?")
    hosts = base.partition("/")[0].rpartition("@")[2]
    parameters = re.findall(r"(?:^|&)port=([0-9,]+)", query)
    # Cut, as int() rejects very long numbers; nine digits are no valid port either.
    return [port[:9] for port in PORT_OF_HOST.findall(hosts) + re.findall("[0-9]+", ",".join(parameters))]


def replica(environ: Environment, name: str, primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return Django's settings for the read replica by its alias, to be merged into DATABASES; empty if unset.

    Raises ConfigurationError unless both this URL and the primary are PostgreSQL.
    """
    address = text(environ, name)
    if not address:
        return {}
    if not address.startswith(("postgresql://", "postgres://")) or "HOST" not in primary:
        raise bad_database(name, "is for replicas of PostgreSQL alone, and only where DATABASE_URL names one too")
    # Tests use one database, also where the environment names a replica.
    return {"replica": postgresql(name, address, READERS) | {"TEST": {"MIRROR": "default"}}}


def bad_database(name: str, what: str) -> ConfigurationError:
    """Return the error for an invalid database URL. The URL is left out: it may contain a password, and is logged."""
    return ConfigurationError(
        f"{name} {what} (it is not repeated here, as it may hold a password); "
        f"it must be {POSTGRESQL_FORM}, sqlite:///relative/file or sqlite:////absolute/file."
    )
