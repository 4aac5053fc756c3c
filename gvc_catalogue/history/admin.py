"""Admin changelist of the audit log: all versions of published records, read-only, each of which can be restored."""

from operator import itemgetter
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst

from gvc_catalogue.admin.base import ReadOnlyAdmin
from gvc_catalogue.admin.large_changelist import LargeAdmin

from .content import WorkflowError
from .models import Version

TAKEN = "It cannot be restored: another record has its name or key by now. Rename that one first."


class KindFilter(admin.SimpleListFilter):
    """Changelist filter by model: the models that have versions, by verbose name in alphabetical order; no query."""

    title, parameter_name = "kind", "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        registry = model_admin.admin_site._registry.items()
        kinds = [(model._meta.label_lower, in_words(model)) for model, its in registry if hasattr(its, "may_restore")]
        return sorted(kinds, key=itemgetter(1))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


def in_words(model: Any) -> str:
    """Return the verbose name of a model, capitalised: "Programme"."""
    return str(capfirst(model._meta.verbose_name))


@admin.register(Version)
class VersionAdmin(LargeAdmin, ReadOnlyAdmin):
    """Read-only ModelAdmin of versions; the page of each has a button to restore it."""

    list_display = ["name", "action", "kind_in_words", "at", "author", "reason"]
    list_filter = ["action", KindFilter]
    list_select_related = ["by"]
    search_fields = ["name__regex", "reason__regex"]
    ordering = ["-pk"]
    date_hierarchy = None
    change_form_template = "admin/curated/version.html"

    @admin.display(description="kind", ordering="kind")
    def kind_in_words(self, version: Version) -> str:
        return in_words(version.model)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Show the word diff of a version; a POST restores its content.

        Raises PermissionDenied for a POST of a curator that may not restore it.
        """
        version = get_object_or_404(Version, pk=object_id) if object_id.isdecimal() else None
        if version is None or request.method != "POST":
            context = {
                "version": version,
                "may_restore": version and self._restorer(version).may_restore(request, version),
            }
            return super().change_view(request, object_id, form_url, context | (extra_context or {}))
        return self._restore(request, version)

    def _restorer(self, version: Version) -> Any:
        return self.admin_site._registry[version.model]

    def _restore(self, request: HttpRequest, version: Version) -> HttpResponse:
        restorer = self._restorer(version)
        if not restorer.may_restore(request, version):
            raise PermissionDenied
        try:
            with transaction.atomic():
                address, done = restorer.restore(request, version, earlier="earlier" in request.POST)
        except (WorkflowError, IntegrityError) as problem:
            messages.error(request, str(problem) if isinstance(problem, WorkflowError) else TAKEN)
            return HttpResponseRedirect(request.get_full_path())
        messages.success(request, done)
        return HttpResponseRedirect(address)
