"""Roles of users, and the 2FA policy: the users that need a one-time code, and those that may remove devices."""

from typing import Any

from django.conf import settings
from django_otp.plugins.otp_totp.models import TOTPDevice

# The names of groups.
ADMINISTRATORS = "Administrators"
PUBLISHERS = "Publishers"


def is_administrator(user: Any) -> bool:
    """Return whether a user may remove devices and attempts of others; one query, none for superusers."""
    return bool(user.is_active and (user.is_superuser or user.groups.filter(name=ADMINISTRATORS).exists()))


def is_publisher(user: Any) -> bool:
    """Return whether a user may publish changes to readers; one query, none for superusers."""
    return bool(user.is_superuser or user.groups.filter(name__in=(PUBLISHERS, ADMINISTRATORS)).exists())


def has_device(user: Any) -> bool:
    """Return whether a user has a confirmed TOTP device; one query, none for the user of a request."""
    known = getattr(user, "has_device", None)
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists() if known is None else known


def requires_code(user: Any) -> str:
    """Return the missing 2FA step of a user: "code", "device" when one has to be set up first, or "" for none.

    One query, after groups, where codes are required; for the user of a request none otherwise.
    """
    if not user.is_authenticated or user.is_verified():
        return ""
    if has_device(user):
        return "code"
    return "device" if settings.REQUIRE_ONE_TIME_CODES and is_publisher(user) else ""
