"""The production server, and a client that sends it whatever bytes it likes: libraries are too polite for attacks."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.processes import STARTS_WITHIN, environment

# No answer takes so long: what hangs fails.
HANGS = 120  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers in their order, the body as it was sent."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str:
        """The value of a header, "" without it; that it stands there twice is a fault."""
        found = [value for header, value in self.headers if header.lower() == name.lower()]
        assert len(found) < 2, (name, found)
        return found[0] if found else ""

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Site:
    """A running server."""

    port: int
    log: Path = field(repr=False)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def raw(self, request: bytes) -> Answer:
        """What the server answers to these bytes, of which it takes what it wants."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=HANGS) as connection:
            try:
                connection.sendall(request)
            except OSError:  # It has answered already, and hung up.
                pass
            received = bytearray()
            try:
                while piece := connection.recv(65536):
                    received += piece
            except ConnectionResetError:
                pass
        return parsed(bytes(received))

    def ask(self, path: str, method: str = "GET", body: bytes | str = b"", **headers: str) -> Answer:
        """What it answers to a request; `X_Y="…"` is the header X-Y, sent beside Host unless it is Host."""
        body = body.encode() if isinstance(body, str) else body
        sent = {"Host": self.host, "Connection": "close"}
        sent |= {"Content-Length": str(len(body))} if body or method == "POST" else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        return self.raw(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)

    def lines(self) -> list[dict[str, Any]]:
        """What it has written down; each line must be JSON."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def parsed(received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    assert first.startswith(("HTTP/1.1 ", "HTTP/1.0 ")), received[:200]
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    if ("Transfer-Encoding", "chunked") in headers:
        body = b"".join(chunks(body))
    return Answer(int(first.split()[1]), headers, body)


def chunks(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, body = body.partition(b"\r\n")
        yield body[: int(size, 16)]
        body = body[int(size, 16) + 2 :]


def wait(running: Site) -> None:
    """Until it answers."""
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            running.ask("/robots.txt")
            return
        except OSError:
            assert time.monotonic() < deadline, running.log.read_text()
            time.sleep(0.1)


@contextmanager
def site(log: Path, **more: str) -> Iterator[Site]:
    """The server on the database and the index of the tests, with these values in its environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "gunicorn"), "gvc_catalogue.wsgi", "--config", "gunicorn.conf.py"]
    with log.open("wb") as lines:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment(**{"PORT": str(port), "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", "")} | more),
            stdout=subprocess.DEVNULL,
            stderr=lines,
        )
        try:
            running = Site(port, log)
            wait(running)
            yield running
        finally:
            process.terminate()
            process.wait(STARTS_WITHIN)
