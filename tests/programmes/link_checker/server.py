"""A real server on this machine that misbehaves as told, path by path."""

import socket
import socketserver
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from threading import Event, Lock, Thread
from typing import Any

from programmes.link_checker.url_policy import UrlPolicy

# All of 127.0.0.0/8 is this machine: one address is opened for tests, the others stay forbidden.
HERE = "127.0.0.2"
OPENED = (ip_network(f"{HERE}/32"),)

Connection = socket.socket
Behaviour = Callable[[Connection, "Request"], None]


@dataclass(frozen=True)
class Request:
    """What a server was asked."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Misbehaving:
    """The server as tests see it: what it does at each path, what it was asked."""

    port: int = 0
    paths: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    open: int = 0
    most_open: int = 0
    ended: Event = field(default_factory=Event)
    lock: Any = field(default_factory=Lock)

    def url(self, path: str = "/", host: str = "pages.test", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def asked_for(self, path: str) -> list[str]:
        return [request.method for request in self.asked if request.path == path]

    def serve(self, connection: Connection) -> None:
        """Answer one request by what its path says; 404 where it says nothing."""
        with self.lock:
            self.open += 1
            self.most_open = max(self.most_open, self.open)
        try:
            request = _read(connection)
            self.asked.append(request)
            self.paths.get(request.path, says(404))(connection, request)
        except OSError:
            pass  # The client had enough.
        finally:
            with self.lock:
                self.open -= 1


def _read(connection: Connection) -> Request:
    lines = b""
    while b"\r\n\r\n" not in lines:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError
        lines += more
    first, *rest = lines.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in rest if ": " in line)
    return Request(method, path, headers, time.monotonic())


@contextmanager
def misbehaving(tls: ssl.SSLContext | None = None) -> Iterator[Misbehaving]:
    """A server that runs until the block ends."""
    server = Misbehaving()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if not tls:
                server.serve(self.request)
                return
            try:
                with tls.wrap_socket(self.request, server_side=True) as connection:
                    server.serve(connection)
            except OSError:
                pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

    with Server((HERE, 0), Handler) as listening:
        server.port = listening.server_address[1]
        Thread(target=listening.serve_forever, args=[0.01], daemon=True).start()
        try:
            yield server
        finally:
            server.ended.set()
            listening.shutdown()


def names(**others: str) -> UrlPolicy:
    """Rules under which every name that ends in .test leads to the server, and those named elsewhere."""
    places = {name.replace("_", "."): place for name, place in others.items()}

    def resolve(host: str, port: int) -> list[str]:
        if host in places:
            return places[host].split()
        if host.endswith(".test"):
            return [HERE]
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        raise socket.gaierror("unknown")

    return UrlPolicy(OPENED, resolve)


def says(status: int, text: bytes = b"", **headers: str) -> Behaviour:
    """An ordinary answer."""

    def behave(connection: Connection, request: Request) -> None:
        said = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 {status} Said\r\nContent-Length: {len(text)}\r\n{said}\r\n"
        connection.sendall(head.encode("utf-8") + (b"" if request.method == "HEAD" else text))

    return behave


def raw(*sent: bytes) -> Behaviour:
    """Bytes as they stand, whatever was asked."""

    def behave(connection: Connection, request: Request) -> None:
        for one in sent:
            connection.sendall(one)

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One behaviour after the other; the last stays."""
    left = list(behaviours)

    def behave(connection: Connection, request: Request) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(connection, request)

    return behave


def by_method(**behaviours: Behaviour) -> Behaviour:
    return lambda connection, request: behaviours[request.method](connection, request)


def hangs(server: Misbehaving) -> Behaviour:
    """Takes the request and says nothing until the test is over."""
    return lambda connection, request: (server.ended.wait(30), None)[1]


def drips(server: Misbehaving, byte: bytes = b"x", first: bytes = b"HTTP/1.1 200 OK\r\nX-Long: ") -> Behaviour:
    """A byte now and then, so that the line is never silent and never done."""

    def behave(connection: Connection, request: Request) -> None:
        connection.sendall(first)
        while not server.ended.wait(0.02):
            connection.sendall(byte)

    return behave


def endless(first: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Behaviour:
    """A text without an end, as fast as it is taken."""

    def behave(connection: Connection, request: Request) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(b"x" * 65536)

    return behave


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])
