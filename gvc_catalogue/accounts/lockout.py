"""Lockout after too many failed sign-ins: the response 429 with Retry-After (RFC 6585)."""

from datetime import timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gvc_catalogue.web.middleware.trusted_proxies import client_network

from .devices import seconds_until
from .humanise import duration_in_words

# The length of the column of attempts. User names are shorter, but Django's form accepts longer ones.
LONGEST_NAME = 255


def lockout_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the user name of an attempt, without NUL characters and cut to the length of the column."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    return str(name).replace("\x00", "")[:LONGEST_NAME]


def lockout_response(
    request: HttpRequest, response: Any = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Return the lockout page, status 429 with Retry-After in seconds; django-axes calls this."""
    wait = left(lockout_username(request, credentials), client_network(request), get_cool_off(request))
    context = admin.site.each_context(request) | {"title": "Wait before you sign in", "wait": duration_in_words(wait)}
    answer = render(request, "admin/locked.html", context, status=429)
    answer["Retry-After"] = str(wait)
    return answer


def left(username: str, address: str | None, cool_off: timedelta | None) -> int:
    """Return the seconds until the lockout ends, at least 1; one query."""
    attempts = AccessAttempt.objects.filter(username=username, ip_address=address)
    last = attempts.aggregate(last=Max("attempt_time"))["last"]
    return seconds_until(last + cool_off) if last and cool_off else 1
