"""Passwords of tests are hashed at once: each of them would take half a second otherwise."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Writes what the installation's own hasher can read, so that servers of the tests know their users."""

    iterations = 1
