"""Who gave a password but still owes a code is nobody: on no page are they signed in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from .permissions import requires_code

ADMIN = "/admin/"
# Where the missing step is taken, and where it is given up.
STEPS = f"{ADMIN}code/"


class TwoFactorMiddleware:
    """Middleware; inside of django-otp's, which knows by which device a session gave its code.

    Further in `request.user` is nobody until the code is given; `request.half_signed_in` is who it would be.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Readers have no session: for them the user is not even looked up.
        owed = requires_code(request.user) if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
        if owed:
            request.half_signed_in = request.user  # type: ignore[attr-defined]
            request.user = AnonymousUser()
            if request.path.startswith(ADMIN) and not request.path.startswith(STEPS):
                return redirect(f"{reverse(f'signing_in:{owed}')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def password_user(request: HttpRequest) -> Any:
    """Return the user that a session belongs to, whether or not the code was given."""
    return getattr(request, "half_signed_in", request.user)
