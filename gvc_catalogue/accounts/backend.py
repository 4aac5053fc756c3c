"""Users by their password, as Django's; with each request they come with what the rules ask of them first."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice


class Backend(ModelBackend):
    """Django's, but that a session's user has `has_device`, so that no request asks for it again."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the user of a session, unless they were switched off; one query."""
        devices = TOTPDevice.objects.filter(user_id=OuterRef("pk"), confirmed=True)
        user = User._default_manager.annotate(has_device=Exists(devices)).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
