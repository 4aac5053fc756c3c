"""The production server on a catalogue, as `make run` starts it, on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .catalogue import ROOT, Catalogue
from .client import Client

STARTS_WITHIN = 60  # seconds


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def client(self) -> Client:
        return Client(self.port)

    def memory(self) -> float:
        """Megabytes of the largest worker, without the files that it maps."""
        return max((private_memory(pid) for pid in self.workers()), default=0.0)

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in children.read_text().split()] if children.exists() else []


def private_memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon:"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(catalogue: Catalogue) -> Iterator[Server]:
    """Start it, wait until it answers, and end it afterwards."""
    port = free_port()
    with (catalogue.directory / "server.log").open("w") as log:
        process = subprocess.Popen(
            [Path(sys.executable).parent / "gunicorn", "gvc_catalogue.wsgi"],
            cwd=ROOT,
            env=catalogue.environment | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            wait_for(process, port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client = Client(port)
        except OSError:
            time.sleep(0.1)
            continue
        client.get("/floors/constant?bytes=1")
        client.close()
        return
    raise SystemExit(f"The server did not start on port {port}; see server.log in {os.path.relpath('var/bench')}.")
