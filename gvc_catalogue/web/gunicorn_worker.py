"""gunicorn worker class: request buffering, and error pages for requests that cannot be parsed, without Django."""

import logging
import secrets
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from time import monotonic
from typing import Any

from django.template.loader import render_to_string
from gunicorn.http import errors
from gunicorn.util import close_graceful, write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from .logging.request_context import REQUEST_ID
from .middleware.access_log import HEADER
from .request_buffering import (
    CONTINUE,
    HELD,
    LINGER,
    SECONDS,
    TOO_SLOW,
    PacedSocket,
    SlowRequestError,
    bytes_awaited,
    peek,
    wait_for_bytes,
)


class HostMissingError(errors.ParseException):
    """A request of HTTP/1.1 without a Host header (RFC 9112, 3.2)."""


SENTENCE = "What was sent is not a request that the server can read."
REFUSALS: dict[type[Exception], tuple[HTTPStatus, str]] = {
    errors.LimitRequestLine: (
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "The address is longer than the server reads: choose fewer filters, or search for fewer words.",
    ),
    errors.LimitRequestHeaders: (
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "Your browser sent more along than the server reads: delete what it keeps for this site, and ask again.",
    ),
    SlowRequestError: (HTTPStatus.REQUEST_TIMEOUT, TOO_SLOW),
    HostMissingError: (HTTPStatus.BAD_REQUEST, "The request names no host: HTTP/1.1 asks for a Host header."),
    errors.ExpectationFailed: (HTTPStatus.EXPECTATION_FAILED, "The server cannot do what the request expects of it."),
    errors.UnsupportedTransferCoding: (HTTPStatus.NOT_IMPLEMENTED, "The server cannot read a body that comes so."),
}
OF_OURS = (errors.ConfigurationProblem, errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
# Security headers that middleware sets on all other responses.
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Connection": "close",
}
logger = logging.getLogger("access")


class CatalogueWorker(ThreadWorker):
    """gunicorn's thread worker with request buffering, and error pages for requests that cannot be parsed.

    Connections that wait for their request are in gunicorn's `pending_conns`, sorted by their deadline (`timeout`).
    """

    # ---- On the main thread

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection to a thread if its request has arrived; otherwise let the poller wait for it."""
        if conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.timeout, conn.awaited = monotonic() + SECONDS, 1
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """Wait for the next request of a kept-alive connection, of which the first bytes are there."""
        conn.data_ready = False
        super().on_client_socket_readable(conn, client)

    def on_pending_socket_readable(self, conn: Any, client: Any) -> None:
        """Wait for the rest of a request, or hand the connection to a thread when all of it is there.

        A socket that is reported with fewer bytes than awaited has no more to come: its client has gone.
        """
        arrived = peek(client)
        awaited = bytes_awaited(arrived)
        if conn.awaited <= len(arrived) < awaited:
            self._expect(conn, arrived)
            conn.awaited = awaited
            wait_for_bytes(client, awaited)
        else:
            wait_for_bytes(client, 1)
            super().on_pending_socket_readable(conn, client)

    def _expect(self, conn: Any, arrived: bytes) -> None:
        """Send 100 Continue where the client waits for it before it sends the body (RFC 9110, 10.1.1)."""
        if b"\r\n\r\n" in arrived and CONTINUE.search(arrived):
            with suppress(OSError):
                write_nonblock(conn.sock, b"HTTP/1.1 100 Continue\r\n\r\n")

    def murder_pending(self) -> None:
        """Close connections whose request has not arrived in time; one that has begun is answered with status 408."""
        while self.pending_conns and self.pending_conns[0].timeout <= monotonic():
            conn = self.pending_conns.popleft()
            with suppress(OSError, KeyError, ValueError):
                self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            if peek(conn.sock):
                # With bytes that nobody has read the kernel would reset the connection, and the answer be lost.
                with suppress(OSError):
                    conn.sock.recv(2 * HELD)
                self.handle_error(None, conn.sock, conn.client, SlowRequestError())
            conn.close()

    def _cap_keepalive(self, deadline: float) -> None:
        """Close kept-alive connections by `deadline`, and those that wait for a request: the worker is stopping."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    # ---- On a thread

    def handle(self, conn: Any) -> Any:
        """Handle one request of a connection, read at the pace of `PacedSocket`; return whether it is kept alive."""
        conn.init()
        conn.parser.unreader.sock = PacedSocket(conn.sock)
        kept = super().handle(conn)
        if not kept:
            # gunicorn would wait on the main thread for the client to close its side, up to two seconds each.
            close_graceful(conn.sock, LINGER)
            conn.close = lambda graceful=False: None
        return kept

    def handle_request(self, req: Any, conn: Any) -> bool:
        """Handle a request. Raises HostMissingError for HTTP/1.1 without a Host header (RFC 9112, 3.2)."""
        if req.version >= (1, 1) and not any(name == "HOST" for name, _ in req.headers):
            raise HostMissingError
        paced = conn.parser.unreader.sock
        paced.begin_body()
        kept = bool(super().handle_request(req, conn))
        # gunicorn reads what is left of the body before it keeps the connection.
        paced.left = LINGER
        return kept

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Send the error page for a request that cannot be parsed, and log one entry without the sent bytes."""
        if not isinstance(exc, errors.ParseException) or isinstance(exc, OF_OURS):
            super().handle_error(req, client, addr, exc)
            return
        status, sentence = REFUSALS.get(type(exc), (HTTPStatus.BAD_REQUEST, SENTENCE))
        token = REQUEST_ID.set(secrets.token_hex(8))
        try:
            logger.warning("refused", extra={"fields": {"status": status.value, "why": type(exc).__name__}})
            write_nonblock(client, refusal(status, sentence))
        except OSError:  # The client has closed the connection.
            pass
        finally:
            REQUEST_ID.reset(token)


def refusal(status: HTTPStatus, sentence: str) -> bytes:
    """Return the bytes of the HTTP/1.1 response, with the id of the current request. No query."""
    body = render_to_string("unread.html", {"sentence": sentence}).encode()
    headers = HEADERS | {HEADER: REQUEST_ID.get(), "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode() + body
