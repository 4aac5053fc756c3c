"""What the addresses of links last answered, to be read: `manage.py check_links` writes it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from gvc_catalogue.lib.curating import CuratedAdmin

from ..models import LinkCheck


@admin.register(LinkCheck)
class LinkCheckAdmin(CuratedAdmin):
    list_display = ["url", "outcome", "status_code", "moved_to", "checked_at", "failing_since"]
    list_filter = ["outcome"]
    search_fields = ["url__regex"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
