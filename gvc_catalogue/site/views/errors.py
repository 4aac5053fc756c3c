"""Error handlers: HTML error pages, and problem details (RFC 9457) for data URLs."""

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404
from django.views.csrf import csrf_failure
from django.views.defaults import server_error as djangos_server_error

from gvc_catalogue.database.router import LOST
from gvc_catalogue.web.filters import printable
from gvc_catalogue.web.middleware.cors import NOT_POSSIBLE, is_data, other_method
from gvc_catalogue.web.pagination import PageNotFoundError
from gvc_catalogue.web.problem_details import problem
from gvc_catalogue.web.service_unavailable import service_unavailable

UNREADABLE = "What was sent is not a request that the catalogue can read."
TOO_MUCH: dict[type[Exception], tuple[int, str, str]] = {
    RequestDataTooBig: (413, "Too large", "What was sent is larger than anything that the catalogue reads."),
    TooManyFieldsSent: (400, "Too many parameters", "What was asked has more parameters than the catalogue reads."),
    TooManyFilesSent: (400, "Too many files", "What was sent has more files than the catalogue reads."),
}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the response 404, or 410 by `exception.status`. For a page beyond a list it links to the last page."""
    # The message of Django's Resolver404 lists URL patterns; those of other Http404 are sentences.
    own = isinstance(exception, Http404) and not isinstance(exception, Resolver404)
    sentence = printable(str(exception) if own else f"There is nothing at the address “{request.path}”.")
    status = getattr(exception, "status", 404)
    if is_data(request.path):
        return problem(status, "Not found" if status == 404 else "Gone", sentence)
    context: dict[str, Any] = {"sentence": sentence, "gone": status == 410}
    if isinstance(exception, PageNotFoundError):
        query = request.GET.copy()
        query["page"] = str(exception.last)
        context |= {"last_page": exception.last, "last_page_url": f"{request.path}?{query.urlencode()}"}
    return render(request, "404.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the response 400 for an unreadable request or too many parameters or files, 413 for too large a body."""
    status, title, sentence = next(
        (said for kind, said in TOO_MUCH.items() if isinstance(exception, kind)), (400, "Not understood", UNREADABLE)
    )
    if is_data(request.path):
        return problem(status, title, sentence)
    # Rendered without the request: reading its parameters may raise the same exception again.
    return HttpResponse(render_to_string("400.html", {"sentence": sentence}), status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_data(request.path):
        return problem(403, "Not allowed", "The server understood what was asked, and may not do it.")
    return render(request, "403.html", status=403)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the response to a request that fails the CSRF check: 405 for pages of readers, Django's 403 for the admin.

    Pages of readers accept no POST, except for the correction form, which has a CSRF token of its own: elsewhere the
    method itself is the error.
    """
    if request.path.startswith("/admin/"):
        return csrf_failure(request, reason=reason)
    if is_data(request.path):
        return other_method(request.method or "")
    sentence = NOT_POSSIBLE.format(method=request.method)
    response = render(request, "400.html", {"sentence": sentence}, status=405)
    response["Allow"] = "GET, HEAD"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the response 500, rendered without database and context processors.

    It is 503 when the database connection was lost in middleware, as when it is lost in a view.
    """
    if isinstance(sys.exception(), LOST):
        return service_unavailable(request)
    if is_data(request.path):
        return problem(500, "Something broke", "The fault is the catalogue’s; it has been written down. Ask again.")
    return djangos_server_error(request)
