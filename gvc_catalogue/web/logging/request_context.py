"""The request that is answered just now."""

from contextvars import ContextVar

from django.http import HttpRequest
from django.urls import Resolver404, resolve

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
NOWHERE = "(nothing there)"


def current_request_id() -> str:
    """Return the id of the request; "" outside of one."""
    return REQUEST_ID.get()


def route(request: HttpRequest) -> str:
    """Return the pattern of the address asked, which names no record and holds nobody's words: /programmes/<slug>/."""
    match = request.resolver_match
    try:
        return f"/{(match or resolve(request.path_info)).route}"
    except Resolver404:
        return NOWHERE
