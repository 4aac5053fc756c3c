"""One request, bounded in everything: where it goes, how long it takes, how much it reads."""

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .url_policy import Address, UrlPolicy


class NoResponseError(Exception):
    """No answer came that could be read; the sentence says why."""


@dataclass(frozen=True)
class Limits:
    """How long, how much, how often. Seconds, bytes and times."""

    silence: float = 10.0
    whole: float = 20.0
    robots_bytes: int = 500_000
    redirects: int = 8
    tries: int = 3
    pause: float = 1.0
    longest_pause: float = 60.0


@dataclass(frozen=True)
class Response:
    """What a server said: the status, the headers that matter, and of the text as much as was asked for."""

    status: int
    location: str = ""
    retry_after: str = ""
    text: bytes = b""


@dataclass(frozen=True)
class HttpClient:
    """Asks servers under its own name; no cookie, no account, nothing of a reader."""

    agent: str
    rules: UrlPolicy = field(default_factory=UrlPolicy)
    limits: Limits = field(default_factory=Limits)
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def fetch(self, address: Address, method: str = "HEAD", most: int = 0) -> Response:
        """Ask once, follow nothing, and read at most so many bytes of the text.

        Raises Unaskable for what may not be asked, NoAnswer with a sentence when no answer came.
        """
        try:
            connection = _Pinned(address, self.rules.places(address), self.limits.silence, self.tls)
            with _bounded(connection, self.limits.whole):
                headers = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "identity"}
                headers |= {"Host": address.authority, "Connection": "close"}
                connection.request(method, address.target, headers=headers)
                return _read(connection.getresponse(), most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoResponseError(_why(error)) from error


class _Pinned(http.client.HTTPConnection):
    """A connection to IP addresses that were checked, under the name of the host; TLS proves that name."""

    def __init__(self, address: Address, places: list[str], silence: float, tls: ssl.SSLContext) -> None:
        super().__init__(address.host, address.port, timeout=silence)
        self.places, self.tls = places, tls if address.scheme == "https" else None
        self.late = False
        # What can be shut while another thread still waits in it.
        self.open: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self.open = self._connected()
        if self.tls:
            # The hand is shaken in a second step: a server that never ends it can be left.
            self.sock = self.open = self.tls.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def _connected(self) -> socket.socket:
        """The first place that takes the connection. Raises what the last one said."""
        for place in self.places[:-1][:2]:
            try:
                return socket.create_connection((place, self.port), self.timeout)
            except OSError:
                continue
        return socket.create_connection((self.places[-1], self.port), self.timeout)

    def leave(self) -> None:
        """End whatever the connection waits for; it then raises or reads an end."""
        self.late = True
        if self.open:
            # Of the socket itself: that of TLS would forget its state while the other thread uses it.
            try:
                socket.socket.shutdown(self.open, socket.SHUT_RDWR)
            except OSError:
                pass


@contextmanager
def _bounded(connection: _Pinned, seconds: float) -> Iterator[None]:
    """Leave the connection after so long, however busily the server drips. Raises TimeoutError then."""
    clock = threading.Timer(seconds, connection.leave)
    clock.daemon = True
    clock.start()
    try:
        yield
        # To be cut off looks like the end of the headers or of the text.
        if connection.late:
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise TimeoutError if connection.late else error from error
    finally:
        clock.cancel()
        connection.close()


def _read(response: http.client.HTTPResponse, most: int) -> Response:
    """What matters of an answer. The rest of its text stays unread: the connection is closed."""
    with response:
        text = _unpacked(response.read(most) if most else b"", response.getheader("Content-Encoding") or "", most)
        said = [response.getheader(name) or "" for name in ("Location", "Retry-After")]
        return Response(response.status, _utf8(said[0]), said[1], text)


def _unpacked(text: bytes, encoding: str, most: int) -> bytes:
    """The text without the compression that nobody asked for, never more of it than `most`. Raises ValueError."""
    if not text or encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        return text
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(text, most)
    except zlib.error as error:
        raise ValueError("Its compression is broken.") from error


def _utf8(header: str) -> str:
    """A header as its server meant it: http.client reads bytes as Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _why(error: Exception) -> str:
    """What went wrong, in words that say nothing of this machine."""
    sentences: list[tuple[type[Exception], str]] = [
        (ssl.SSLCertVerificationError, "Its certificate is not valid."),
        (ssl.SSLError, "It could not be spoken to by TLS."),
        (socket.gaierror, "Its name is not known."),
        (TimeoutError, "It did not answer in time."),
        (ConnectionRefusedError, "It refused the connection."),
        (ConnectionError, "It closed the connection."),
        (http.client.HTTPException, "It answered with something that is not HTTP."),
        (ValueError, "It answered with something that is not HTTP."),
    ]
    return next((said for kind, said in sentences if isinstance(error, kind)), "It could not be reached.")
