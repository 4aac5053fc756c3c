"""Merge of two records (deduplication): both side by side with the merged values, and the choice of the one to keep."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from gvc_catalogue.history.content import WorkflowError, serialise
from gvc_catalogue.history.differences import in_words, label
from gvc_catalogue.history.models import Action, Version

from ..editing import merge
from ..models import Programme

MERGE: dict[str, Callable[..., Version]] = {
    "programme": merge.merge_programmes,
    "organisation": merge.merge_organisations,
}
# Merging programmes publishes a change; merging organisations deletes one of them.
PERMISSION = {"programme": "programmes.publish_programmedraft", "organisation": "programmes.delete_organisation"}


class MergingAdmin(admin.ModelAdmin):
    """ModelAdmin mixin with the merge action, its page, and undo from the version of the merged record."""

    def get_actions(self, request: HttpRequest) -> Any:
        own = self.get_action("merge_selected") if self.has_merge_permission(request) else None
        return super().get_actions(request) | ({"merge_selected": own} if own else {})

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION[str(self.opts.model_name)])

    @admin.action(description="Merge two into one")
    def merge_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            messages.error(request, "Choose two: the one that stays and the one that goes.")
            return None
        return HttpResponseRedirect(f"{self._page()}?one={keys[0]}&other={keys[1]}")

    def _page(self) -> str:
        return reverse(f"admin:programmes_{self.opts.model_name}_merge")

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.merge)
        return [path("merge/", view, name=f"programmes_{self.opts.model_name}_merge"), *super().get_urls()]

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Show both records and the merged values (GET; `stays` is the key of the one to keep); merge them (POST).

        Raises PermissionDenied.
        """
        if not self.has_merge_permission(request):
            raise PermissionDenied
        both = self._asked(request)
        if len(both) != 2:
            messages.error(request, "Choose two in the list: the one that stays and the one that goes.")
            return HttpResponseRedirect(reverse(f"admin:programmes_{self.opts.model_name}_changelist"))
        stays, goes = both
        if request.method == "POST" and self._merged(request, stays, goes):
            return HttpResponseRedirect(reverse(f"admin:programmes_{self.opts.model_name}_change", args=[stays.pk]))
        context = {**self.admin_site.each_context(request), "title": "Merge", "opts": self.opts}
        context |= {
            "stays": stays,
            "goes": goes,
            "rows": side_by_side(stays, goes),
            "reason": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, "admin/curated/merge.html", context)

    def _asked(self, request: HttpRequest) -> list[Any]:
        """Return the two records, the one to keep first: `one`, unless `stays` is the key of `other`. One query."""
        keys = [request.GET.get(name, "") for name in ("one", "other")]
        first = request.GET.get("stays") or keys[0]
        keys.sort(key=lambda key: key != first)
        numbers = [int(key) for key in dict.fromkeys(keys) if key.isdecimal() and len(key) < 19]
        found = self.model._default_manager.in_bulk(numbers)
        return [found[number] for number in dict.fromkeys(numbers) if number in found]

    def _merged(self, request: HttpRequest, stays: Any, goes: Any) -> bool:
        goes_key = goes.pk
        try:
            MERGE[str(self.opts.model_name)](stays, goes, request.user, request.POST.get("reason", ""))
        except WorkflowError as refused:
            messages.error(request, str(refused))
            return False
        version = Version.objects.filter(kind=self.opts.label_lower, key=goes_key, action=Action.MERGED).first()
        undoing = reverse("admin:history_version_change", args=[version.pk]) if version else ""
        said = '“{}” is merged into “{}”. <a href="{}">Look at that change</a>: there it can be undone.'
        messages.success(request, format_html(said, str(goes), str(stays), undoing))
        return True

    def may_restore(self, request: HttpRequest, version: Version | None = None) -> bool:
        """Return whether the user may restore a version; to undo a merge the merge permission is required."""
        merged = version is not None and version.action == Action.MERGED
        return self.has_merge_permission(request) if merged else bool(super().may_restore(request, version))  # type: ignore[misc]

    def restore(self, request: HttpRequest, version: Version, earlier: bool) -> tuple[str, str]:
        """Undo a merge if the version is one, else restore the version; return the URL to redirect to and a message.

        Raises PermissionDenied.
        """
        if version.action != Action.MERGED:
            found: tuple[str, str] = super().restore(request, version, earlier)  # type: ignore[misc]
            return found
        if not self.has_merge_permission(request):
            raise PermissionDenied
        merge.undo(version, request.user)
        there = reverse(f"admin:programmes_{self.opts.model_name}_change", args=[version.key])
        return there, f"The merge is undone: “{version.name}” is back."


def side_by_side(stays: Any, goes: Any) -> list[dict[str, str]]:
    """Return `label`, `stays`, `goes` and `taken` of each field: the values of both records and the merged value."""
    one, other = serialise(stays), serialise(goes)
    taken = merge.merged(one, other, [stays.pk, goes.pk]) if isinstance(stays, Programme) else one
    model = type(stays)
    return [
        {"label": label(model, name)}
        | {
            key: in_words(model, name, content[name])
            for key, content in (("stays", one), ("goes", other), ("taken", taken))
        }
        for name in model.CONTENT
    ]
