"""Conditional requests (RFC 9110, 13): 304 Not Modified where If-None-Match contains the current ETag."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from .security_headers import without_body

SAFE = ("GET", "HEAD")
# Headers that describe a body, which a 304 does not have (RFC 9110, 15.4.5).
OF_THE_BODY = ("Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "Content-Range")


class ConditionalRequestMiddleware:
    """Middleware that handles If-None-Match for every response with an ETag.

    Order: outside of the page cache and of static files.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method in SAFE and 200 <= response.status_code < 300 and "ETag" in response:
            wanted = parse_etags(request.headers.get("If-None-Match", ""))
            if wanted == ["*"] or has_etag(request, response["ETag"]):
                not_modified(response)
        return response


def has_etag(request: HttpRequest, tag: str) -> bool:
    """Return whether If-None-Match contains an ETag, by weak comparison (RFC 9110, 8.8.3.2); `*` matches none here."""
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return opaque(tag) in map(opaque, named)


def opaque(tag: str) -> str:
    """Return the opaque tag of an ETag: without the `W/` of a weak one."""
    return tag.removeprefix("W/")


def not_modified(response: HttpResponseBase) -> None:
    """Turn a response into 304 in place: the object stays the same, so that its resources are released on close."""
    without_body(response)
    response.status_code = 304
    for name in OF_THE_BODY:
        del response[name]
