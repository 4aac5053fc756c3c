"""WSGI handler that decodes requests as UTF-8: no header chooses the charset of a query string or a form."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class Utf8Request(WSGIRequest):
    """Request with query string and form decoded as UTF-8, also where its Content-Type names another charset.

    Django decodes the query string of any request by that charset, so that one address could have several meanings;
    a charset that is no text encoding raises an exception before any middleware runs.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        environ["CONTENT_TYPE"] = without_charset(environ.get("CONTENT_TYPE", ""))
        super().__init__(environ)


class Utf8Handler(WSGIHandler):
    """WSGI handler that creates a `Utf8Request` for each request."""

    request_class = Utf8Request


def without_charset(content_type: str) -> str:
    """Return a Content-Type with its media type and boundary alone. No boundary has a semicolon (RFC 2046, 5.1.1)."""
    media_type, *parameters = content_type.split(";")
    kept = [each for each in parameters if each.partition("=")[0].strip().lower() == "boundary"]
    return ";".join([media_type, *kept[:1]])
