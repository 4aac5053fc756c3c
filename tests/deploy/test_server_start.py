"""The start of a node: connections are refused until its workers have loaded, so that a proxy asks another node."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.benchmarks.server import free_port
from tests.processes import STARTS_WITHIN, collect_static_files, environment

pytestmark = pytest.mark.usefixtures("transactional_db", "catalogue")
# Modules that load the installation's application after some seconds, and never.
SLOW = "import time\ntime.sleep({seconds})\nfrom gvc_catalogue.wsgi import application as application\n"
BROKEN = "raise ValueError('of the test')\n"


@contextmanager
def started(folder: Path, port: int, source: str) -> Iterator["subprocess.Popen[str]"]:
    """The production server on a module of the test's, which loads the application in its own time."""
    (folder / "late.py").write_text(source)
    more = {"PORT": str(port), "PYTHONPATH": f"{folder}:{settings.BASE_DIR}"}
    collect_static_files()
    with subprocess.Popen(
        [str(Path(sys.executable).parent / "gunicorn"), "late:application"],
        cwd=settings.BASE_DIR,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=STARTS_WITHIN)


def connects(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=STARTS_WITHIN):
        return True
    return False


def until_it_connects(port: int) -> float:
    """Wait for the first connection that is accepted; return when that was."""
    deadline = time.monotonic() + STARTS_WITHIN
    while not connects(port):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return time.monotonic()


def get(port: int, path: str) -> tuple[int, Any]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()


def runs(process: str) -> bool:
    """Whether a process is there, and has not ended without anybody asking how."""
    with suppress(OSError):
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    return False


def test_connections_are_refused_until_the_workers_have_loaded(tmp_path: Path) -> None:
    port, began = free_port(), time.monotonic()
    with started(tmp_path, port, SLOW.format(seconds=3)) as process:
        assert until_it_connects(port) - began > 3
        status, body = get(port, "/health/ready")
        assert (status, json.loads(body)["status"], json.loads(body)["index"]) == (200, "ready", "answers")
        assert get(port, "/programmes/")[0] == 200
        assert process.stdout
        assert any(f"is on http://127.0.0.1:{port}/" in line for line in process.stdout)


def test_a_worker_that_dies_later_is_replaced(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, port, SLOW.format(seconds=0)) as process:
        until_it_connects(port)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        before = children.read_text().split()
        os.kill(int(before[0]), signal.SIGKILL)
        deadline = time.monotonic() + STARTS_WITHIN
        while len(set(children.read_text().split()) - {before[0]}) < len(before):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert all(get(port, "/programmes/")[0] == 200 for _ in range(6))


def test_a_server_that_cannot_load_ends_and_never_listens(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, port, BROKEN) as process:
        while process.poll() is None:
            assert not connects(port)
            time.sleep(0.05)
        assert process.returncode


def test_a_server_is_stopped_while_it_loads_with_its_workers(tmp_path: Path) -> None:
    with started(tmp_path, free_port(), SLOW.format(seconds=600)) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        deadline = time.monotonic() + STARTS_WITHIN
        while not (workers := children.read_text().split()):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.terminate()
        assert process.wait(STARTS_WITHIN) == 0
        assert not any(runs(worker) for worker in workers)


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with started(tmp_path, port, SLOW.format(seconds=0)) as process:
            said = process.communicate(timeout=STARTS_WITHIN)[0]
    assert process.returncode
    expected = f"PORT is {port}, but another program listens on 127.0.0.1:{port}; end it, or choose another PORT."
    assert said.splitlines() == [expected]
