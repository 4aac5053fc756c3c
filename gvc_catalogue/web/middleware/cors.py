"""CORS middleware: data may be read by scripts of any origin; disallowed methods get problem details (RFC 9457)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gvc_catalogue.web.problem_details import problem

# Addresses of data: files by suffix, the API by prefix.
FILES = (".json", ".csv", ".xlsx", ".bib", ".ris", ".md", ".atom")
API = "/api/v1/"

READ = "GET, HEAD"
ALLOWED = f"{READ}, OPTIONS"
NOT_POSSIBLE = "{method} is not possible here: everything can be read by GET, and nothing else."
# Response headers that scripts may read.
EXPOSED = ("ETag", "Catalogue-Revision", "Retry-After", "X-Request-ID")
# No cookie and no other credential: with "*" browsers send none.
CROSS_ORIGIN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": ", ".join(EXPOSED)}
PREFLIGHT = {
    "Allow": ALLOWED,
    "Access-Control-Allow-Methods": READ,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def is_data(path: str) -> bool:
    """Return whether responses at a path, errors too, are data (API or file) rather than an HTML page."""
    return path.startswith(API) or path.endswith(FILES)


class CorsMiddleware:
    """CORS middleware.

    Order: outside of all middleware that returns responses, so that cached, 304 and error responses get headers too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_data(request.path):
            return response
        if response.status_code == 405:
            response = other_method(request.method or "")
        for name, value in CROSS_ORIGIN.items():
            response[name] = value
        return response


def other_method(method: str) -> HttpResponse:
    """Return the response to a method other than GET and HEAD at an existing address.

    OPTIONS: 204 with the CORS preflight headers. Others: problem details (405) with Allow.
    """
    if method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    response = problem(405, "Method not allowed", NOT_POSSIBLE.format(method=method))
    response["Allow"] = ALLOWED
    return response
