"""Who has to give a one-time code, and who may remove one."""

from typing import Any

from django.conf import settings
from django_otp.plugins.otp_totp.models import TOTPDevice

# The names of groups.
ADMINISTRATORS = "Administrators"
PUBLISHERS = "Publishers"


def is_administrator(user: Any) -> bool:
    """Say whether a user may remove devices and attempts of others; a query, but not for superusers."""
    return bool(user.is_active and (user.is_superuser or user.groups.filter(name=ADMINISTRATORS).exists()))


def is_publisher(user: Any) -> bool:
    """Say whether what a user does can be seen by readers; a query, but not for superusers."""
    return bool(user.is_superuser or user.groups.filter(name__in=(PUBLISHERS, ADMINISTRATORS)).exists())


def has_device(user: Any) -> bool:
    """Say whether a user has what makes codes, and gave one; a query, but not for the user of a request."""
    known = getattr(user, "has_device", None)
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists() if known is None else known


def requires_code(user: Any) -> str:
    """Return what a user who gave the password still has to give: "code", a "device" that makes codes, or "".

    One query, after groups, where codes are required; for the user of a request none otherwise.
    """
    if not user.is_authenticated or user.is_verified():
        return ""
    if has_device(user):
        return "code"
    return "device" if settings.REQUIRE_ONE_TIME_CODES and is_publisher(user) else ""
