"""Other processes on the database and the index of a test, which must be `transactional_db`."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

STARTS_WITHIN = 180  # seconds
# What any Python needs; without its folder of compiled modules it would compile Django and all others anew.
BASIC = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPYCACHEPREFIX") if name in os.environ}
SET_UP = "import django; django.setup()\n"


def environment(**more: str) -> dict[str, str]:
    """What tells another process of this one's database and index."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "gvc_catalogue.settings",
        "SECRET_KEY": "of the tests, long enough to be taken for one of a site",
        "DATABASE_URL": database_url(),
        "INDEX_DIR": str(settings.INDEX_DIR),
    }
    return BASIC | ours | more


def database_url() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(found['NAME']))}"
    place = f"host={quote(found['HOST'], safe='')}"
    return f"postgresql://{quote(found['USER'])}@/{quote(str(found['NAME']))}?{place}"


def start(code: str, **more: str) -> "subprocess.Popen[str]":
    """A Python that runs this code, Django being set up."""
    command = [sys.executable, "-c", SET_UP + code]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment(**more), stdout=pipe, stderr=pipe, text=True
    )


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """How it ended, and what it said."""
    out, err = process.communicate(timeout=STARTS_WITHIN)
    return process.returncode, out + err


def collect_static_files() -> None:
    """Collect the static files, whose names the pages of the server need; once for all processes of the tests."""
    collected = settings.STATIC_ROOT / "staticfiles.json"
    with (settings.VAR / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        newest = max(path.stat().st_mtime for path in (settings.BASE_DIR / "static").rglob("*"))
        if not collected.exists() or collected.stat().st_mtime < newest:
            command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
            subprocess.run(command, cwd=settings.BASE_DIR, env=environment(), check=True)


@contextmanager
def server(**more: str) -> Iterator[str]:
    """The address of the production server, with two processes that answer."""
    with served(**more) as (address, _):
        yield address


@contextmanager
def served(**more: str) -> Iterator[tuple[str, int]]:
    """The same with the number of the process that started them."""
    collect_static_files()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "gunicorn"), "gvc_catalogue.wsgi", "--config", "gunicorn.conf.py"]
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment(PORT=str(port), **more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait(f"http://127.0.0.1:{port}/programmes.json")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN)


def wait(address: str) -> None:
    """Until it answers."""
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urlopen(address).close()  # noqa: S310 (an address of our own)
            return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
