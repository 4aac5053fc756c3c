"""Request body size limit: a form for readers, a file upload for curators, checked before the body is read.

A body that does not arrive in time (slow POST, Slowloris) is answered here; `request_buffering.py` has the deadline.
"""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from gvc_catalogue.web.problem_details import problem
from gvc_catalogue.web.request_buffering import TOO_SLOW, largest_body

from .cors import is_data


class BodyLimitMiddleware:
    """Body size limit middleware.

    Order: outside of all middleware that reads a body, as the CSRF check does on every address.
    `settings.LARGEST_BODIES` maps a path prefix to the limit in bytes; the first prefix that matches applies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, or 408 for a body of which the reading has failed, as it did not arrive in time.

        Raises RequestDataTooBig, answered by an error page, above the limit. A Content-Length that is not a number of
        at most 12 digits counts as above it.
        """
        sent, most = str(request.META.get("CONTENT_LENGTH") or "0"), largest_body(request.path)
        if not sent.isdigit() or len(sent) > 12 or int(sent) > most:
            raise RequestDataTooBig(f"The body is longer than {most} bytes.")
        response = self.get_response(request)
        if getattr(request.META.get("wsgi.input"), "failed", False):
            response.close()
            return too_slow(request)
        return response


def too_slow(request: HttpRequest) -> HttpResponse:
    """Return 408 Request Timeout: an HTML page, or problem details (RFC 9457) for data addresses. No query."""
    if is_data(request.path):
        return problem(408, "Too slow", TOO_SLOW)
    return HttpResponse(render_to_string("400.html", {"sentence": TOO_SLOW}), status=408)
