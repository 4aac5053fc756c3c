"""A client of HTTP/1.1 that does no more than it must: what it takes itself is not to be seen in the figures."""

import re
import socket
from dataclasses import dataclass
from time import perf_counter

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
BLOCK = 1 << 18
LAST_CHUNK = b"\r\n0\r\n\r\n"
TIMEOUT = 300  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back; times are seconds from sending. The body of a long download is counted, not kept."""

    status: int
    head: bytes
    body: bytes
    first: float
    total: float
    size: int

    @property
    def etag(self) -> str:
        found = ETAG.search(self.head)
        return found[1].decode() if found else ""


class Client:
    """A connection that is kept alive, as a browser's; opened before the first request is timed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self._connect()

    def _connect(self) -> socket.socket:
        found = socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def close(self) -> None:
        self.socket.close()

    def get(self, path: str, headers: str = "") -> Answer:
        """Ask; once more by a new connection where the server has closed the old one."""
        return self._ask(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{headers}\r\n".encode())

    def post(self, path: str, body: str, headers: str = "") -> Answer:
        """Send a form."""
        form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body.encode())}\r\n"
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{form}{headers}\r\n"
        return self._ask((head + body).encode())

    def _ask(self, request: bytes) -> Answer:
        for last_try in (False, True):
            start = perf_counter()
            try:
                self.socket.sendall(request)
                return self._read(start)
            except ConnectionError:
                if last_try:
                    raise
                self.socket.close()
                self.socket = self._connect()
        raise AssertionError

    def _read(self, start: float) -> Answer:
        data = self._more()
        first = perf_counter() - start
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        status = int(head[9:12])
        if CHUNKED.search(head):
            size, body = self._chunks(body), b""
        else:
            length = LENGTH.search(head)
            body = self._rest(body, int(length[1]) if length and status != 304 else 0)
            size = len(body)
        return Answer(status, head, body, first, perf_counter() - start, size)

    def _rest(self, body: bytes, length: int) -> bytes:
        parts, missing = [body], length - len(body)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return b"".join(parts)

    def _chunks(self, data: bytes) -> int:
        """Read to the last chunk, keeping only the end; return how many bytes came."""
        size, tail = len(data), b"\r\n" + data[-16:]
        while not tail.endswith(LAST_CHUNK):
            more = self._more()
            size, tail = size + len(more), (tail + more)[-16:]
        return size

    def _more(self) -> bytes:
        data = self.socket.recv(BLOCK)
        if not data:
            raise ConnectionResetError("The server closed the connection.")
        return data
