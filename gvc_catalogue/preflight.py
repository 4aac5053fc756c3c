"""Preflight checks: what a start needs of the machine. Standard library only; run by `make run` before it installs."""

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
    """End this program with exit code 1 and the sentence of the first check that fails."""
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
    """The folder, or where there is none yet the nearest one above it, must be a folder that can be written."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))
    if not nearest.is_dir():
        raise ConfigurationError(f"INDEX_DIR leads to {folder}, but {nearest} is no folder; name another.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ConfigurationError(
            f"INDEX_DIR leads to {folder}, but this user may not write in {nearest}; name another folder."
        )


def check_sqlite(file: Path) -> None:
    """The file must be an SQLite database that can be written, or be missing in a folder that can be written."""
    if problem := sqlite_problem(file):
        raise ConfigurationError(
            f"DATABASE_URL leads to {file}, but {problem}; name another file by sqlite:////absolute/file."
        )


def sqlite_problem(file: Path) -> str:
    """Return what is wrong with the file, empty where nothing is."""
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
    """Return why SQLite cannot read the schema of a database, empty where it can; data pages are not read."""
    try:
        # Read-only, SQLite would leave the files of its write-ahead log behind.
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        # A database that another process holds is one.
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
    """Return the sentence about an address and port that cannot be listened on."""
    if error.errno == errno.EADDRINUSE:
        return f"PORT is {port}, but another program listens on {address}:{port}; end it, or choose another PORT."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"PORT is {port}, but this user may not open it; choose another PORT, from 1024 to 65535."
    return f"BIND is “{address}”, but this machine has no such address ({error.strerror}); 127.0.0.1 is always there."


if __name__ == "__main__":
    run(check_files, check_port)
