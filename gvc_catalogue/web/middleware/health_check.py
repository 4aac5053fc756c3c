"""Health checks are answered under any Host header, and also under load."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEALTH = "/health/"


class HealthCheckMiddleware:
    """Middleware that replaces the Host header of health checks by an allowed one; their responses name no host.

    Order: outside of all middleware that reads the host.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(HEALTH):
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".")
        return self.get_response(request)
