"""`manage.py remove_code NAME`: removal of the TOTP device (2FA) of a user, for an administrator who lost it."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django_otp.plugins.otp_totp.models import TOTPDevice


class Command(BaseCommand):
    """Command that removes the TOTP devices of a user, who then signs in by password alone and can set up a new one."""

    help = "Removes the device by which a user makes one-time codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that the user signs in with")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Remove the devices. Raises CommandError where there is no such user, or the user has no device."""
        user = User.objects.filter(username=name).first()
        if not user:
            raise CommandError(f"There is no user “{name}”.")
        removed, _ = TOTPDevice.objects.filter(user=user).delete()
        if not removed:
            raise CommandError(f"“{name}” has no device that makes codes.")
        self.stdout.write(f"Removed: “{name}” signs in by the password, and can take a new device.")
