"""A web node: the production server on a port, with an index of its own, and on a way to the databases of its own."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.benchmarks.server import free_port
from tests.postgresql import USER
from tests.processes import BASIC

from .proxy import Proxy, Way

PATIENCE = 180  # seconds that a reader waits for an answer
WITHIN = 180
ANY = resource.RLIM_INFINITY
SECRET = "of the three nodes, long enough to be taken for one of a site"


@dataclass
class Node:
    """One server of the site."""

    name: str
    folder: Path
    hosts: list[tuple[str, int]]
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    # Of its environment; where there are no hosts also where its database is.
    more: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "index").mkdir(parents=True)
        self.ways = [Proxy(host) for host in self.hosts]

    @property
    def environment(self) -> dict[str, str]:
        address = database([("127.0.0.1", way.port) for way in self.ways])
        ours = {"DATABASE_URL": address, "DATABASE_REPLICA_URL": address} if self.ways else {}
        ours |= {"SECRET_KEY": SECRET, "PORT": str(self.port), "DJANGO_SETTINGS_MODULE": "tests.nodes.settings"}
        ours |= {"INDEX_DIR": str(self.folder / "index"), "WEB_WORKERS": "2", "WEB_THREADS": "4"}
        return BASIC | ours | self.more

    def start(self) -> None:
        """Start it, as the system does again when it has died."""
        gunicorn = Path(sys.executable).parent / "gunicorn"
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [gunicorn, "gvc_catalogue.wsgi", "--config", "gunicorn.conf.py"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it and its workers at once."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def end(self) -> None:
        """End it and its ways to the databases."""
        self.kill()
        for way in self.ways:
            way.end()

    def cut(self, way: Way) -> None:
        """Set its ways to all databases."""
        for one in self.ways:
            one.way = way

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body, read to the end. Raises OSError or HTTPException."""
        return self.send("GET", path, None, headers or {})

    def send(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request by a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def health(self) -> dict[str, Any]:
        """Return what it says of itself; nothing where it does not answer."""
        try:
            found: dict[str, Any] = json.loads(self.get("/health/ready")[2])
        except (OSError, HTTPException, ValueError):
            return {}
        return found

    def wait(self) -> None:
        """Wait until it can serve readers. Raises TimeoutError with the end of its log."""
        deadline = time.monotonic() + WITHIN
        while self.health().get("status") != "ready":
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} is not ready.\n{(self.folder / 'log').read_text()[-3000:]}")
            time.sleep(0.1)

    def agrees(self, revision: int) -> bool:
        """Whether its index answers and shows this revision, or a later one; both processes are asked, most likely."""
        return all(self._shows(self.health(), revision) for _ in range(4))

    def _shows(self, health: dict[str, Any], revision: int) -> bool:
        return health.get("index") == "answers" and int(health.get("revision") or 0) >= revision

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Let nothing more be written to its index: the disk is full, where it has one of its own, or seems so."""
        if os.path.ismount(self.folder / "index"):
            with filled(self.folder / "index" / "filling"):
                yield
            return
        before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, ANY)) for pid in map(int, self._children())}
        try:
            yield
        finally:
            for pid, limit in before.items():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)

    def _children(self) -> list[str]:
        assert self.process
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()


def database(hosts: list[tuple[str, int]]) -> str:
    """Return the address of several servers."""
    return f"postgresql://{USER}@" + ",".join(f"{host}:{port}" for host, port in hosts) + "/postgres"


@contextmanager
def filled(path: Path) -> Iterator[None]:
    """Fill the disk on which a file is to stand, to the last byte."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        path.unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int = 24) -> Iterator[bool]:
    """Put a folder on a disk of its own, in memory, where that may be done; whether it was."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    done = os.getuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "-l", str(folder)], check=False)
