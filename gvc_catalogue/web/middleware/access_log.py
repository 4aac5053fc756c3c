"""Access log middleware: one log entry and one request id (`X-Request-ID` response header) per request."""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from gvc_catalogue.web.logging.request_context import REQUEST_ID, current_request_id, route

logger = logging.getLogger("access")
HEADER = "X-Request-ID"
# Request ids accepted from a proxy: no character of them can inject markup or a new line into the log (log injection).
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)
FILES = "/static/"


class AccessLogMiddleware:
    """Middleware that sets the request id and writes the access log entry.

    Order: outside of all middleware that returns responses, and inside of `TrustedProxiesMiddleware`, which removes
    a request id that does not come from a trusted proxy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        token = REQUEST_ID.set(id_of(request))
        try:
            response = self.get_response(request)
            response[HEADER] = current_request_id()
            note = AccessLogEntry(request, response.status_code, began)
            if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
                response.streaming_content = CountedStream(response.streaming_content, note)
            else:
                note.write(None if isinstance(response, FileResponse) else len(response.content))  # type: ignore[attr-defined]
        finally:
            REQUEST_ID.reset(token)
        return response


def id_of(request: HttpRequest) -> str:
    """Return the request id: the one set by a trusted proxy if it is well formed, else a new random one."""
    given = request.headers.get(HEADER, "")
    return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


class AccessLogEntry:
    """Access log entry of one request, written when its response is complete."""

    def __init__(self, request: HttpRequest, status: int, began: float) -> None:
        self.request, self.status, self.began = request, status, began
        self.id = current_request_id()

    def write(self, size: int | None, **more: Any) -> None:
        """Write the log entry: request id, method, route, status, bytes of the body and milliseconds; `more` is added.

        `size` is None where it is unknown. The full address with its query string is logged only with `LOG_QUERIES`.
        """
        fields = {
            "request_id": self.id,
            "method": self.request.method if self.request.method in METHODS else "other",
            "route": "/static/" if self.request.path.startswith(FILES) else route(self.request),
            "status": self.status,
            "bytes": size,
            "ms": round((time.perf_counter() - self.began) * 1000, 1),
        }
        if settings.LOG_QUERIES:
            fields["asked"] = self.request.get_full_path()
        logger.info("answered", extra={"fields": fields | more})


METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")


class CountedStream:
    """Iterator over a streamed body that counts its bytes; the log entry is written when it is closed.

    An entry of a stream that the client aborted has `cut`.
    """

    def __init__(self, pieces: Any, note: AccessLogEntry) -> None:
        self.pieces: Iterator[bytes] = iter(pieces)
        self.note, self.size, self.whole, self.noted = note, 0, False, False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        token = REQUEST_ID.set(self.note.id)
        try:
            piece = next(self.pieces)
        except StopIteration:
            self.whole = True
            raise
        finally:
            REQUEST_ID.reset(token)
        self.size += len(piece)
        return piece

    def close(self) -> None:
        """Write the log entry once. The WSGI server calls this at the end of every response, also of an aborted one."""
        if not self.noted:
            self.noted = True
            self.note.write(self.size, **({} if self.whole or self.note.request.method == "HEAD" else {"cut": True}))
