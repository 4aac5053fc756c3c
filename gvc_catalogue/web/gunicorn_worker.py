"""gunicorn worker class: requests that cannot be parsed get an error page with a request id, without Django."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

from django.template.loader import render_to_string
from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from .logging.request_context import REQUEST_ID
from .middleware.access_log import HEADER


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
    """gunicorn's thread worker with error pages for requests that cannot be parsed."""

    def handle_request(self, req: Any, conn: Any) -> bool:
        """Handle a request. Raises HostMissingError for HTTP/1.1 without a Host header (RFC 9112, 3.2)."""
        if req.version >= (1, 1) and not any(name == "HOST" for name, _ in req.headers):
            raise HostMissingError
        return bool(super().handle_request(req, conn))

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
