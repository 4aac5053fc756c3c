"""Each request gets an id, which its reader is told, and a line in the log."""

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
# What a proxy may name a request: no sign of it can mean anything to whoever reads the log.
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)
FILES = "/static/"


class AccessLogMiddleware:
    """Middleware; outside of all that answers, and inside of `TrustedProxies`, which lets in no id but a proxy's."""

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
    """Return the id that a trusted proxy gave a request, where it is well formed, else a new one."""
    given = request.headers.get(HEADER, "")
    return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


class AccessLogEntry:
    """The line of one request, to be written once it is answered."""

    def __init__(self, request: HttpRequest, status: int, began: float) -> None:
        self.request, self.status, self.began = request, status, began
        self.id = current_request_id()

    def write(self, size: int | None, **more: Any) -> None:
        """Write it: what kind of address was asked, how it went, how many bytes, and how long it took."""
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
    """What is streamed, counted; noted when it ends, also when its reader hung up before."""

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
        """Called by the server in the end, whatever happened."""
        if not self.noted:
            self.noted = True
            self.note.write(self.size, **({} if self.whole or self.note.request.method == "HEAD" else {"cut": True}))
