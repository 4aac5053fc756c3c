"""Authentication backend: Django's ModelBackend, with the 2FA state of the user loaded in the same query."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice


class Backend(ModelBackend):
    """Django's ModelBackend; the user of a session gets an attribute `has_device`, which saves a query per request."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the user of a session, None for an inactive or deleted user; one query."""
        devices = TOTPDevice.objects.filter(user_id=OuterRef("pk"), confirmed=True)
        user = User._default_manager.annotate(has_device=Exists(devices)).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
