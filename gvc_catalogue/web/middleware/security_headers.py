"""Security headers that Django does not set: Permissions-Policy, Cross-Origin-Resource-Policy, the CSP of files."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from .cors import NOT_POSSIBLE, is_data

# No page, and no page that frames it, may use these features of the device.
# Only features that browsers know: they log a warning about others on every page.
FEATURES = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection"),
    *("local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in FEATURES)
# A static file opened on its own runs and loads nothing; an SVG could otherwise run scripts.
CSP = "Content-Security-Policy"
OF_FILES = {CSP: "default-src 'none'; frame-ancestors 'none'", "X-Frame-Options": "DENY"}
# Statuses for which Django and WhiteNoise send an empty body.
WORDLESS = {
    HTTPStatus.METHOD_NOT_ALLOWED: NOT_POSSIBLE,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "The file is shorter than what was asked of it.",
}
# Images may be embedded by other sites: link previews show the image of a shared page.
SHARED = "img/"


class SecurityHeadersMiddleware:
    """Security headers middleware; it also removes the body of responses to HEAD and fills empty error bodies.

    Order: outside of all middleware that returns responses, static files too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if is_open(request.path) else "same-origin"
        if request.path.startswith(settings.STATIC_URL):
            for name, value in OF_FILES.items():
                response.setdefault(name, value)
        if CSP in response:
            response[CSP] = in_order(response[CSP])
        if request.method == "HEAD":
            without_body(response)
        elif response.status_code in WORDLESS and not response.streaming and not response.content:  # type: ignore[attr-defined]
            say_why(request, response)
        return response


def in_order(policy: str) -> str:
    """Return a CSP with its directives sorted by name: django-csp joins a set, and its order differs by process."""
    return "; ".join(sorted(policy.split("; ")))


def is_open(path: str) -> bool:
    """Return whether other origins may load a path: open data, and images for link previews."""
    return is_data(path) or path.startswith(f"{settings.STATIC_URL}{SHARED}")


def say_why(request: HttpRequest, response: HttpResponseBase) -> None:
    """Fill the empty body of an error response with an HTML page that has a sentence and the request id. No query."""
    sentence = WORDLESS[HTTPStatus(response.status_code)].format(method=request.method)
    response.content = render_to_string("unread.html", {"sentence": sentence})  # type: ignore[attr-defined]
    response["Content-Type"] = "text/html; charset=utf-8"
    response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]


def without_body(response: HttpResponseBase) -> None:
    """Remove the body of a response; headers stay, Content-Length too."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    else:
        response.content = b""  # type: ignore[attr-defined]
