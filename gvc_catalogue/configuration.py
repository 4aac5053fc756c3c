"""Configuration: every environment variable with its default, type and range. See docs/configuration.md.

Standard library only: `make run` reads it before the packages are installed, by any Python.
"""

import os
import sys
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

from . import env
from .env import ConfigurationError, Environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
STATIC_ROOT = VAR / "static"
LOOPBACK = ["127.0.0.1", "::1"]


@dataclass(frozen=True)
class Configuration:
    """Parsed environment variables; an attribute has the name of its variable in lower case."""

    secret_key: str
    debug: bool
    https: bool
    allowed_hosts: list[str]
    trusted_proxies: list[IPv4Network | IPv6Network]
    require_one_time_codes: bool
    log_queries: bool
    databases: dict[str, dict[str, Any]]
    index_dir: Path
    bind: str
    port: int
    web_workers: int
    web_threads: int
    web_waiting: int


def read(environ: Environment) -> Configuration:
    """Parse all variables. Raises ConfigurationError for the first invalid one."""
    https = env.yes_or_no(environ, "HTTPS", default=False)
    primary = env.database(environ, "DATABASE_URL", BASE_DIR, default=VAR / "catalogue.sqlite3")
    return Configuration(
        debug=env.yes_or_no(environ, "DEBUG", default=False),
        https=https,
        allowed_hosts=env.hosts(environ, "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"]),
        trusted_proxies=env.networks(environ, "TRUSTED_PROXIES", default=LOOPBACK if https else []),
        require_one_time_codes=env.yes_or_no(environ, "REQUIRE_ONE_TIME_CODES", default=False),
        log_queries=env.yes_or_no(environ, "LOG_QUERIES", default=False),
        databases={"default": primary} | env.replica(environ, "DATABASE_REPLICA_URL", primary),
        index_dir=Path(env.text(environ, "INDEX_DIR", str(VAR / "index"))),
        bind=env.address(environ, "BIND", default="127.0.0.1"),
        port=env.integer(environ, "PORT", default=8000, least=1, most=65535),
        web_workers=env.integer(environ, "WEB_WORKERS", default=2, least=1, most=64),
        web_threads=env.integer(environ, "WEB_THREADS", default=4, least=1, most=64),
        web_waiting=env.integer(environ, "WEB_WAITING", default=16, least=0, most=512),
        secret_key=make_folder_and_secret(environ),
    )


def make_folder_and_secret(environ: Environment) -> str:
    """Return the secret key. Also creates var/static, as WhiteNoise warns where it is missing.

    Raises ConfigurationError where this user cannot create the folder, or the key cannot be used.
    """
    try:
        STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"{STATIC_ROOT} cannot be used by this user ({error.strerror}); let its owner run the catalogue, "
            "or give this user an installation of its own."
        ) from error
    return env.secret(environ, "SECRET_KEY", VAR / "secret_key")


def load() -> Configuration:
    """Return the configuration of this process. An invalid value ends the program with its error and exit code 1."""
    try:
        return read(os.environ)
    except ConfigurationError as error:
        sys.exit(str(error))
