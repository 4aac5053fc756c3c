"""Read-only admin of link checks: the last result of each address, stored by `manage.py check_links`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from gvc_catalogue.admin.base import ReadOnlyAdmin
from gvc_catalogue.admin.large_changelist import LargeAdmin
from gvc_catalogue.admin.lookup_allowlist import is_overlong

from ..models import LinkCheck


@admin.register(LinkCheck)
class LinkCheckAdmin(LargeAdmin, ReadOnlyAdmin):
    list_display = ["url", "outcome", "status_code", "moved_to", "checked_at", "failing_since"]
    list_filter = ["outcome"]
    search_fields = ["url__regex"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Return the search results; in a large table by prefix search, which uses the index of the address."""
        if is_overlong(search_term) or not search_term or not self.is_large(self.total()):
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(url__gte=search_term, url__lt=f"{search_term}\uffff"), False
