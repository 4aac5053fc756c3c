"""HTTP client for one request, with an SSRF guard, timeouts and a limit of the bytes read."""

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
    """No readable response was received. The message is a sentence with the reason."""


@dataclass(frozen=True)
class Limits:
    """Limits of requests.

    Seconds: `silence` (socket timeout), `whole` (deadline of a request), `pause` (between requests to a host),
    `longest_pause` (longest wait for a host). Bytes: `robots_bytes`. Counts: `redirects`, `tries`.
    """

    silence: float = 10.0
    whole: float = 20.0
    robots_bytes: int = 500_000
    redirects: int = 8
    tries: int = 3
    pause: float = 1.0
    longest_pause: float = 60.0


@dataclass(frozen=True)
class Response:
    """HTTP response: the status, the Location and Retry-After headers, and the first requested bytes of the body."""

    status: int
    location: str = ""
    retry_after: str = ""
    text: bytes = b""


@dataclass(frozen=True)
class HttpClient:
    """HTTP client with its own User-Agent. It sends no cookie, no credentials and no data of readers."""

    agent: str
    rules: UrlPolicy = field(default_factory=UrlPolicy)
    limits: Limits = field(default_factory=Limits)
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def fetch(self, address: Address, method: str = "HEAD", most: int = 0) -> Response:
        """Send one request, follow no redirect, and return the response with at most `most` bytes of the body.

        Raises ForbiddenUrlError for an address that the policy forbids, NoResponseError with a sentence when no
        response was received.
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
    """Connection pinned to checked IP addresses, against DNS rebinding. TLS verifies the host name."""

    def __init__(self, address: Address, places: list[str], silence: float, tls: ssl.SSLContext) -> None:
        super().__init__(address.host, address.port, timeout=silence)
        self.places, self.tls = places, tls if address.scheme == "https" else None
        self.late = False
        # The socket that another thread can shut down while this one waits in it.
        self.open: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self.open = self._connected()
        if self.tls:
            # The handshake is a separate step: `open` is set by then, so that a server that never ends it can be left.
            self.sock = self.open = self.tls.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def _connected(self) -> socket.socket:
        """Return a socket to the first IP address that accepts: the first two are tried, then the last.

        Raises the OSError of the last one.
        """
        for place in self.places[:-1][:2]:
            try:
                return socket.create_connection((place, self.port), self.timeout)
            except OSError:
                continue
        return socket.create_connection((self.places[-1], self.port), self.timeout)

    def leave(self) -> None:
        """Shut the socket down from another thread. A blocked call then raises an exception or reads the end."""
        self.late = True
        if self.open:
            # The method of the plain socket: that of SSLSocket drops its TLS state while the other thread uses it.
            try:
                socket.socket.shutdown(self.open, socket.SHUT_RDWR)
            except OSError:
                pass


@contextmanager
def _bounded(connection: _Pinned, seconds: float) -> Iterator[None]:
    """Close the connection after a deadline, even if the server keeps sending slowly. Raises TimeoutError then."""
    clock = threading.Timer(seconds, connection.leave)
    clock.daemon = True
    clock.start()
    try:
        yield
        # A shut socket looks like the end of the headers or of the body.
        if connection.late:
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise TimeoutError if connection.late else error from error
    finally:
        clock.cancel()
        connection.close()


def _read(response: http.client.HTTPResponse, most: int) -> Response:
    """Return the status, two headers and at most `most` bytes of the body. The rest stays unread."""
    with response:
        text = _unpacked(response.read(most) if most else b"", response.getheader("Content-Encoding") or "", most)
        said = [response.getheader(name) or "" for name in ("Location", "Retry-After")]
        return Response(response.status, _utf8(said[0]), said[1], text)


def _unpacked(text: bytes, encoding: str, most: int) -> bytes:
    """Return the body, decompressed if the server ignored Accept-Encoding: at most `most` bytes. Raises ValueError."""
    if not text or encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        return text
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(text, most)
    except zlib.error as error:
        raise ValueError("Its compression is broken.") from error


def _utf8(header: str) -> str:
    """Return a header decoded as UTF-8 where possible: http.client decodes headers as Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _why(error: Exception) -> str:
    """Return the error as a sentence that reveals no details of this server."""
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
