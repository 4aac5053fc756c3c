"""2FA middleware: a user with a password but without the required one-time code is anonymous on every page."""

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
# The pages to complete the missing step or to abandon it.
STEPS = f"{ADMIN}code/"


class PasswordOnlyUser(AnonymousUser):
    """Anonymous user of a session without the required one-time code; `user` is the user of the password."""

    def __init__(self, user: Any) -> None:
        super().__init__()
        self.user = user


class TwoFactorMiddleware:
    """2FA middleware; must come after django-otp's, which determines the device that a session was verified with.

    Until the code is given, `request.user` is a PasswordOnlyUser, and pages of the admin redirect to the missing step.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Readers have no session: for them the user is not loaded.
        owed = requires_code(request.user) if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
        if owed:
            request.user = PasswordOnlyUser(request.user)
            if request.path.startswith(ADMIN) and not request.path.startswith(STEPS):
                return redirect(f"{reverse(f'signing_in:{owed}')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def password_user(request: HttpRequest) -> Any:
    """Return the user of the session's password, whether or not the code was given."""
    user: Any = request.user
    return user.user if isinstance(user, PasswordOnlyUser) else user
