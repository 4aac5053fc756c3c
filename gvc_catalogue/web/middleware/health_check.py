"""Who asks after our health is told, by whatever name or number he came, and even when there is no place for others."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEALTH = "/health/"


class HealthCheckMiddleware:
    """Middleware; outside of all that wants to know by what name we were asked. The answers name no host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(HEALTH):
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".")
        return self.get_response(request)
