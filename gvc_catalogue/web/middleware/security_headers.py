"""What browsers may do with an answer, where Django's own middleware does not say it."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from .cors import NOT_POSSIBLE, is_data

# Nothing of the reader's device is asked for, by us or by whoever would frame us.
# Only features that browsers know: of others they complain on the console of every page.
FEATURES = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection"),
    *("local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in FEATURES)
# A file is no page: opened by itself it runs nothing and loads nothing, a drawing neither.
CSP = "Content-Security-Policy"
OF_FILES = {CSP: "default-src 'none'; frame-ancestors 'none'", "X-Frame-Options": "DENY"}
# What Django and WhiteNoise answer by a status alone.
WORDLESS = {
    HTTPStatus.METHOD_NOT_ALLOWED: NOT_POSSIBLE,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "The file is shorter than what was asked of it.",
}
# Pictures may be shown elsewhere: sites that share a page show its own.
SHARED = "img/"


class SecurityHeadersMiddleware:
    """Middleware; outside of all that answers, files too. Who asks for the head of an answer gets no body made."""

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
    """Return a policy with its directives by name: django-csp joins a set, in another order in each process."""
    return "; ".join(sorted(policy.split("; ")))


def is_open(path: str) -> bool:
    """Say whether pages of other sites may load what stands at an address: open data, and pictures for sharing."""
    return is_data(path) or path.startswith(f"{settings.STATIC_URL}{SHARED}")


def say_why(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give words, and the name of the request, to an answer that has a status alone; no query."""
    sentence = WORDLESS[HTTPStatus(response.status_code)].format(method=request.method)
    response.content = render_to_string("unread.html", {"sentence": sentence})  # type: ignore[attr-defined]
    response["Content-Type"] = "text/html; charset=utf-8"
    response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]


def without_body(response: HttpResponseBase) -> None:
    """Leave of an answer what stands before its body, the length too."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    else:
        response.content = b""  # type: ignore[attr-defined]
