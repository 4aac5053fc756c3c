"""Request context: the id of the current request (context variable) and its URL pattern, for the log."""

from contextvars import ContextVar

from django.http import HttpRequest
from django.urls import Resolver404, resolve

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
NOWHERE = "(nothing there)"


def current_request_id() -> str:
    """Return the id of the current request; "" outside of one."""
    return REQUEST_ID.get()


def route(request: HttpRequest) -> str:
    """Return the URL pattern of a request, such as /programmes/<slug>/, or `NOWHERE` if none matches.

    It names no record and contains no text that a reader typed.
    """
    match = request.resolver_match
    try:
        return f"/{(match or resolve(request.path_info)).route}"
    except Resolver404:
        return NOWHERE
