"""2FA views: the one-time code, and the setup of a TOTP device before the first code."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import django_otp
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from .devices import Tried, keep, new_device, picture_of, secret_of, try_code
from .forms import CodeForm
from .humanise import duration_in_words
from .permissions import requires_code
from .two_factor_middleware import password_user

View = Callable[[HttpRequest], HttpResponse]
DEVICE_KEY = "unconfirmed_device"
WRONG = "That is not the code of this moment, or it was used already. Type the one that your device shows now."


def for_staff(view: View) -> View:
    """Decorator for active staff users, with or without the code yet; others are redirected. Never cached."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        user = password_user(request)
        return view(request) if user.is_active and user.is_staff else redirect("admin:login")

    return never_cache(require_http_methods(["GET", "POST"])(guarded))


@for_staff
def code(request: HttpRequest) -> HttpResponse:
    """One-time code page: verifies the code of a user that needs one; redirects all others."""
    user = password_user(request)
    if requires_code(user) != "code":
        return redirect(where_to(request))
    form = CodeForm(request.POST or None)
    tried = Tried(right=False)
    if form.is_valid():
        device, tried = try_code(user, form.cleaned_data["code"], confirmed=True)
        if device and tried.right:
            return signed_in(request, user, device)
    return asked_again(request, form, tried, {"title": "One-time code"}, "admin/code.html")


@for_staff
def device(request: HttpRequest) -> HttpResponse:
    """TOTP device setup page: shows the secret of a new device, which is confirmed by one of its codes."""
    user = password_user(request)
    if requires_code(user) == "code":
        return redirect("signing_in:code")
    form = CodeForm(request.POST or None)
    tried = Tried(right=False)
    shown = unconfirmed_device(request, user)
    if form.is_valid():
        made, tried = try_code(user, form.cleaned_data["code"], confirmed=False, pk=shown.pk)
        if made and tried.right:
            keep(made)
            messages.success(request, "From now on you sign in by your password and a code of this device.")
            return signed_in(request, user, made)
    context = {"title": "A device that makes one-time codes", "secret": secret_of(shown), "link": shown.config_url}
    return asked_again(request, form, tried, context | {"picture": picture_of(shown)}, "admin/device.html")


def unconfirmed_device(request: HttpRequest, user: Any) -> TOTPDevice:
    """Return the session's unconfirmed device; its secret stays the same until confirmation or the end of the session.

    A session that has none gets a new one; each session has its own.
    """
    own = TOTPDevice.objects.filter(user_id=user.pk, confirmed=False, pk=request.session.get(DEVICE_KEY))
    found = own.first() or new_device(user)
    # Writing an unchanged key would extend the session beyond the life of its device.
    if request.session.get(DEVICE_KEY) != found.pk:
        request.session[DEVICE_KEY] = found.pk
    return found


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out a user that cannot give the code; redirect to the sign-in page."""
    logout(request)
    return redirect("admin:login")


def signed_in(request: HttpRequest, user: Any, device: TOTPDevice) -> HttpResponse:
    """Mark the session as verified by a device, under a new session key; redirect to the page requested first."""
    request.user = user
    request.session.cycle_key()
    django_otp.login(request, device)
    return redirect(where_to(request))


def where_to(request: HttpRequest) -> str:
    """Return the URL to redirect to: `next` if it is on this site and no 2FA page, otherwise the admin's index."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own and not wanted.startswith(reverse("signing_in:code")) else reverse("admin:index")


def asked_again(
    request: HttpRequest, form: CodeForm, tried: Tried, context: dict[str, Any], template: str
) -> HttpResponse:
    """Return the form page with the error of a wrong code; status 429 with Retry-After during a lockout."""
    if form.is_bound and form.is_valid():
        wait = f"Too many codes were wrong: no code is looked at for {duration_in_words(tried.wait)}."
        form.add_error("code", wait if tried.wait else WRONG)
    wanted = {"next": where_to(request)}
    whole = admin.site.each_context(request) | context | wanted | {"form": form}
    answer = render(request, template, whole, status=429 if tried.wait else 200)
    if tried.wait:
        answer["Retry-After"] = str(tried.wait)
    return answer
