"""Conditional requests (RFC 9110, 13): whoever has an answer already is told that it is still true, by 304."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from .security_headers import without_body

SAFE = ("GET", "HEAD")
# A 304 says nothing of a body that it does not have (RFC 9110, 15.4.5).
OF_THE_BODY = ("Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "Content-Range")


class ConditionalRequestMiddleware:
    """Middleware that answers If-None-Match for all that has an ETag; outside of the page cache and static files."""

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
    """Say whether If-None-Match names an ETag; the comparison is weak (RFC 9110, 8.8.3.2), and `*` names none."""
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return opaque(tag) in map(opaque, named)


def opaque(tag: str) -> str:
    """Return an ETag without its mark of weakness."""
    return tag.removeprefix("W/")


def not_modified(response: HttpResponseBase) -> None:
    """Turn an answer into 304. It stays the same object, so that what it holds is given back when it is closed."""
    without_body(response)
    response.status_code = 304
    for name in OF_THE_BODY:
        del response[name]
