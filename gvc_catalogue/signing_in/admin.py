"""What administrators can do for others: remove a lost device, and attempts that lock somebody out."""

from typing import Any

from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from gvc_catalogue.lib.lookup_allowlist import LookupAllowlistMixin

from .rules import is_administrator


class Removable(LookupAllowlistMixin):
    """A list from which administrators remove; nothing is added, nothing changed, and no secret is shown."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# django-otp leaves its own page away where there is one.
@admin.register(TOTPDevice)
class DeviceAdmin(Removable):
    """Who lost a device signs in by the password alone once it is removed, and takes a new one."""

    list_display = ["user", "confirmed", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    fields = ["user", "confirmed", "created_at", "last_used_at"]


@admin.register(AccessAttempt)
class AttemptAdmin(Removable):
    """Who is locked out may try again once their attempts are removed."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = ["username", "ip_address", "failures_since_start", "attempt_time"]


# Importing Django's own pages of users and groups registered them.
admin.site.unregister([Group, User])


@admin.register(Group)
class CatalogueGroupAdmin(LookupAllowlistMixin, GroupAdmin):
    """Django's page of groups."""


@admin.register(User)
class CatalogueUserAdmin(LookupAllowlistMixin, UserAdmin):
    """Django's page of users."""
