"""User administration: remove lost TOTP devices, clear lockouts, delete, deactivate and anonymise users."""

from typing import Any

from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django_otp.plugins.otp_totp.models import TOTPDevice

from gvc_catalogue.admin.lookup_allowlist import LookupAllowlistMixin
from gvc_catalogue.history.user_names import anonymise, records_of

from .forms import AnonymiseForm
from .permissions import is_administrator


class Removable(LookupAllowlistMixin):
    """ModelAdmin for administrators that permits only deletion; nothing is added or changed, and no secret is shown."""

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


# django-otp registers no ModelAdmin of its own where one is registered.
@admin.register(TOTPDevice)
class DeviceAdmin(Removable):
    """ModelAdmin of TOTP devices. Once a lost device is deleted, its user signs in by password and adds a new one."""

    list_display = ["user", "confirmed", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    fields = ["user", "confirmed", "created_at", "last_used_at"]


@admin.register(AccessAttempt)
class AttemptAdmin(Removable):
    """ModelAdmin of failed sign-in attempts. Deleting those of a user ends the lockout."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = ["username", "ip_address", "failures_since_start", "attempt_time"]


# Django's own ModelAdmins of users and groups were registered on import.
admin.site.unregister([Group, User])


@admin.register(Group)
class CatalogueGroupAdmin(LookupAllowlistMixin, GroupAdmin):
    """Django's ModelAdmin of groups, with the lookup allow-list."""


@admin.register(User)
class CatalogueUserAdmin(LookupAllowlistMixin, UserAdmin):
    """Django's ModelAdmin of users. The delete page lists records that keep the name, and can deactivate."""

    delete_confirmation_template = "admin/delete_user.html"
    change_list_template = "admin/users.html"

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.anonymise_view)
        return [path("anonymise/", view, name="auth_user_anonymise"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        """Return the actions without `delete_selected`: the page of each deletion lists its records."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        user = self.get_object(request, unquote(object_id))
        if (
            user
            and request.method == "POST"
            and "inactive" in request.POST
            and self.has_change_permission(request, user)
        ):
            return self._make_inactive(request, user)
        records = records_of(user) if user and self.has_delete_permission(request, user) else []
        return super().delete_view(request, object_id, {"records": records} | (extra_context or {}))

    def _make_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Deactivate a user, which prevents signing in; redirect to the changelist."""
        user.is_active = False
        user.save(update_fields=["is_active"])
        self.log_change(request, user, "Made inactive.")
        messages.success(request, f"“{user}” is inactive and cannot sign in.")
        return redirect("admin:auth_user_changelist")

    def anonymise_view(self, request: HttpRequest) -> HttpResponse:
        """Anonymisation view: a form for the name of a deleted user; a POST erases the name from all records.

        Raises PermissionDenied for users who are not administrators.
        """
        if not is_administrator(request.user):
            raise PermissionDenied
        form = AnonymiseForm(request.POST or None)
        if form.is_valid():
            number = anonymise(form.cleaned_data["name"])
            messages.success(request, f"The name is erased from {number} records.")
            return redirect("admin:auth_user_changelist")
        context = self.admin_site.each_context(request) | {"title": "Anonymise a name", "form": form, "opts": self.opts}
        return render(request, "admin/anonymise.html", context)
