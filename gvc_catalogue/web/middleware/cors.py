"""Data is open: programs on pages of any other site may read it, and learn in its own form what they may not do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gvc_catalogue.web.problem_details import problem

# What is answered as data: files by how their address ends, the API by how it begins.
FILES = (".json", ".csv", ".xlsx", ".bib", ".ris", ".md", ".atom")
API = "/api/v1/"

READ = "GET, HEAD"
ALLOWED = f"{READ}, OPTIONS"
NOT_POSSIBLE = "{method} is not possible here: everything can be read by GET, and nothing else."
# No cookie and no other credential: with "*" browsers send none.
# What a program needs of the headers, beside the answer.
EXPOSED = ("ETag", "Catalogue-Revision", "Retry-After", "X-Request-ID")
CROSS_ORIGIN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": ", ".join(EXPOSED)}
PREFLIGHT = {
    "Allow": ALLOWED,
    "Access-Control-Allow-Methods": READ,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def is_data(path: str) -> bool:
    """Say whether what stands at an address, or went wrong there, is answered as data rather than as a page."""
    return path.startswith(API) or path.endswith(FILES)


class CorsMiddleware:
    """Middleware; outside of all that answers, so that what is kept, unchanged or broken is open too."""

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
    """Return what a method other than GET and HEAD gets where something stands: to OPTIONS what is possible."""
    if method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    response = problem(405, "Method not allowed", NOT_POSSIBLE.format(method=method))
    response["Allow"] = ALLOWED
    return response
