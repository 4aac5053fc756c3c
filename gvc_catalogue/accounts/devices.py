"""Devices that make codes: made, tried, kept."""

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
    """What came of a code: whether it was right; if not, how many seconds no code is looked at."""

    right: bool
    wait: int = 0


def new_device(user: Any) -> TOTPDevice:
    """Make an unconfirmed device, which counts once one of its codes was given.

    Unconfirmed devices of the user's ended sessions are deleted; those of other sessions stay.
    """
    unconfirmed, ended = TOTPDevice.objects.filter(user_id=user.pk, confirmed=False), session_start_limit()
    unconfirmed.filter(Q(created_at__lt=ended) | Q(created_at=None)).delete()
    return TOTPDevice.objects.create(user_id=user.pk, name="one-time codes", confirmed=False)


def session_start_limit() -> datetime:
    """Return the time before which no session that still lasts can have made a device."""
    return timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)


def try_code(user: Any, code: str, **which: Any) -> tuple[TOTPDevice | None, Tried]:
    """Return a user's device and what came of the code; each code counts once, on all nodes together.

    `which` names the device: `confirmed=True`, or the `pk` of the session's unconfirmed one.
    The device is locked while it is tried, so that two attempts at once are two attempts.
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
    """Have a device count, and no other of its user's."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=device.user_id).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])


def secret_of(device: TOTPDevice) -> str:
    """Return the secret as it is typed into a device: letters and digits in groups of four."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture_of(device: TOTPDevice) -> SafeString:
    """Return the secret as a picture that a telephone reads: SVG without styles."""
    drawn = segno.make(device.config_url, error="m").svg_inline(scale=4, border=3, light="#fff", svgclass="qr")
    return mark_safe(drawn)  # noqa: S308 (made of squares alone)


def seconds_until(moment: datetime) -> int:
    """Return how long that is from now: at least a second."""
    return max(1, ceil((moment - timezone.now()).total_seconds()))
