"""A PostgreSQL of our own for the tests: made in a temporary folder, reached by a socket there, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

USER = "tests"
STARTS_WITHIN = 180  # seconds
# What a test database may do without: it need not survive a crash.
# Statistics taken while a table is empty make the planner take hundreds of rows for none: better it knows nothing.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "listen_addresses="]


class NoPostgreSQL(Exception):
    """Why there is none, in a sentence."""


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`: $PG_BINDIR, PATH, or the newest of Debian's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    places = [os.environ.get("PG_BINDIR"), os.path.dirname(shutil.which("pg_ctl") or ""), *debian[::-1]]
    return next((Path(place) for place in places if place and Path(place, "initdb").exists()), None)


def someone_else() -> dict[str, Any]:
    """How to start a program of PostgreSQL, which refuses to run as root."""
    if os.getuid():
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """Run one and give its address, a DATABASE_URL."""
    bin_folder = programs()
    if not bin_folder:
        raise NoPostgreSQL("PostgreSQL is needed for the tests; type: sudo apt-get install postgresql")
    # A short path: that of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="gvc-pg-", dir="/tmp"))
    person = someone_else()
    if person:
        os.chown(folder, person["user"], person["group"])
    try:
        make(bin_folder, folder, person)
        with running(bin_folder, folder, person):
            yield f"postgresql://{USER}@/postgres?host={quote(str(folder), safe='')}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make(bin_folder: Path, folder: Path, person: dict[str, Any]) -> None:
    """No locale: it sorts as SQLite does."""
    command = [str(bin_folder / "initdb"), "--no-sync", "-A", "trust", "-U", USER, "--no-locale", "-E", "UTF8"]
    done = subprocess.run(
        [*command, "-D", str(folder / "data")], cwd="/", capture_output=True, text=True, check=False, **person
    )
    if done.returncode:
        raise NoPostgreSQL(f"PostgreSQL could not make a database for the tests: {done.stderr.strip()}")


@contextmanager
def running(bin_folder: Path, folder: Path, person: dict[str, Any]) -> Iterator[None]:
    """As a direct child, so that it can be stopped by its number whatever happens."""
    options = [word for option in [*FAST, f"unix_socket_directories={folder}"] for word in ("-c", option)]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [bin_folder / "postgres", "-D", folder / "data", *options],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **person,
        )
    try:
        wait(folder, server)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # "fast": it ends the connections that are left.
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    """Until it answers."""
    deadline = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise NoPostgreSQL(f"PostgreSQL did not start for the tests: {(folder / 'log').read_text().strip()}")
