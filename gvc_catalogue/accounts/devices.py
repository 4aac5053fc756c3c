"""TOTP devices: creation, verification of one-time codes with a lockout, and confirmation."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp.plugins.otp_totp.models import TOTPDevice


@dataclass(frozen=True)
class Tried:
    """The result of verifying a one-time code: whether it was right; seconds of lockout, 0 when there is none."""

    right: bool
    wait: int = 0


def new_device(user: Any) -> TOTPDevice:
    """Create and return an unconfirmed TOTP device, which is valid once one of its codes was entered.

    Unconfirmed devices of the user's ended sessions are deleted; those of other sessions stay.
    """
    unconfirmed, ended = TOTPDevice.objects.filter(user_id=user.pk, confirmed=False), session_start_limit()
    unconfirmed.filter(Q(created_at__lt=ended) | Q(created_at=None)).delete()
    return TOTPDevice.objects.create(user_id=user.pk, name="one-time codes", confirmed=False)


def session_start_limit() -> datetime:
    """Return the earliest creation time of a device whose session can still be valid."""
    return timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)


def try_code(user: Any, code: str, **which: Any) -> tuple[TOTPDevice | None, Tried]:
    """Verify a one-time code; return the device and the result. Each code is accepted once, across all nodes.

    `which` selects the device: `confirmed=True`, or the `pk` of the session's unconfirmed one; without a match the
    device returned is None. The row is locked (SELECT FOR UPDATE) during the verification, so that two concurrent
    attempts count as two attempts.
    """
    with transaction.atomic():
        devices = TOTPDevice.objects.select_for_update().filter(user_id=user.pk, **which)
        device = devices.first()
        if not device:
            return None, Tried(right=False)
        allowed, why = device.verify_is_allowed()
        if not allowed:
            return device, Tried(right=False, wait=seconds_until(why["locked_until"]))
        return device, Tried(right=device.verify_token(code))


def keep(device: TOTPDevice) -> None:
    """Confirm a device, and delete all other devices of its user, in one transaction."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=device.user_id).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])


def secret_of(device: TOTPDevice) -> str:
    """Return the secret in base32 for manual entry: letters and digits in groups of four."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture_of(device: TOTPDevice) -> SafeString:
    """Return the QR code of the secret for an authenticator app, as inline SVG without styles."""
    drawn = segno.make(device.config_url, error="m").svg_inline(scale=4, border=3, light="#fff", svgclass="qr")
    return mark_safe(drawn)  # noqa: S308 (made of squares alone)


def seconds_until(moment: datetime) -> int:
    """Return the whole seconds from now until a time, rounded up; at least 1."""
    return max(1, ceil((moment - timezone.now()).total_seconds()))
