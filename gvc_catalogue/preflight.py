"""Preflight checks of files and port before a start. Standard library only: `make run` runs them before it installs."""

import errno
import os
import socket
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from . import configuration
from .configuration import Configuration
from .env import ConfigurationError

SQLITE_HEADER = b"SQLite format 3\0"

Check = Callable[[Configuration], None]


def run(*checks: Check) -> None:
    """Run checks in order; end the program with exit code 1 and the error message of the first that fails."""
    loaded = configuration.load()
    try:
        for check in checks:
            check(loaded)
    except ConfigurationError as error:
        sys.exit(str(error))


def check_files(loaded: Configuration) -> None:
    """Raise ConfigurationError unless the index and a SQLite database can be written."""
    check_index_dir(loaded.index_dir)
    file = loaded.databases["default"]["NAME"]
    if isinstance(file, Path):
        check_sqlite(file)


def check_index_dir(folder: Path) -> None:
    """Raise ConfigurationError unless the folder, or its nearest existing parent, is a folder that can be written."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))
    if not nearest.is_dir():
        raise ConfigurationError(f"INDEX_DIR leads to {folder}, but {nearest} is no folder; name another.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ConfigurationError(
            f"INDEX_DIR leads to {folder}, but this user may not write in {nearest}; name another folder."
        )


def check_sqlite(file: Path) -> None:
    """Raise ConfigurationError unless the file is a writable SQLite database, or missing in a writable folder."""
    if problem := sqlite_problem(file):
        raise ConfigurationError(
            f"DATABASE_URL leads to {file}, but {problem}; name another file by sqlite:////absolute/file."
        )


def sqlite_problem(file: Path) -> str:
    """Return the problem of a SQLite file as a clause for an error message; "" if there is none."""
    try:
        if not file.parent.is_dir():
            return f"there is no folder {file.parent}"
        if not os.access(file.parent, os.W_OK | os.X_OK):
            return f"this user may not write in {file.parent}"
        if not file.exists():
            return ""
        with file.open("r+b") as stream:
            header = stream.read(len(SQLITE_HEADER))
    except OSError as error:
        return f"it cannot be opened ({error.strerror})"
    if header not in (b"", SQLITE_HEADER):
        return "that file is no SQLite database"
    return schema_problem(file) if header else ""


def schema_problem(file: Path) -> str:
    """Return the reason that SQLite cannot read the schema of a database, "" if it can. Data pages are not read."""
    try:
        # In read-only mode SQLite would leave the files of its write-ahead log (WAL) behind.
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        # A database locked by another process is valid.
        return "" if "locked" in str(error) else f"that file is no SQLite database that can be read ({error})"
    return ""


def check_port(loaded: Configuration) -> None:
    """Raise ConfigurationError unless a server can listen on BIND and PORT; a listening socket fails the bind."""
    address, port = loaded.bind, loaded.port
    family = socket.AF_INET6 if address.startswith("[") else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address.strip("[]"), port))
    except OSError as error:
        raise ConfigurationError(port_problem(address, port, error)) from error


def port_problem(address: str, port: int, error: OSError) -> str:
    """Return the error message for an address and port that cannot be bound."""
    if error.errno == errno.EADDRINUSE:
        return f"PORT is {port}, but another program listens on {address}:{port}; end it, or choose another PORT."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"PORT is {port}, but this user may not open it; choose another PORT, from 1024 to 65535."
    return f"BIND is “{address}”, but this machine has no such address ({error.strerror}); 127.0.0.1 is always there."


if __name__ == "__main__":
    run(check_files, check_port)
