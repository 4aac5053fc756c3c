"""Read-only admin of published records; they change by drafts only, so that each change is reviewed with a reason."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from gvc_catalogue.admin.base import CuratedAdmin
from gvc_catalogue.history.content import WorkflowError
from gvc_catalogue.history.models import Version
from gvc_catalogue.history.versioned_admin import HistoryAdmin, record_or_404

from ..editing import workflow
from ..editing.workflow import DRAFTS
from ..models import Draft


class PublishedAdmin(HistoryAdmin, CuratedAdmin):
    """Read-only ModelAdmin with workflow actions: draft a change, withdraw, delete, restore a version."""

    change_form_template = "admin/curated/published.html"
    change_list_template = "admin/curated/published_list.html"
    delete_confirmation_template = "admin/curated/delete.html"

    @property
    def drafts(self) -> type[Draft]:
        return DRAFTS[self.model]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_draft(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"programmes.add_{self.drafts._meta.model_name}")

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"programmes.publish_{self.drafts._meta.model_name}")

    def may_restore(self, request: HttpRequest, version: Version | None = None) -> bool:
        """Return whether the user may restore a version: as a draft."""
        return self.may_draft(request)

    def restore(self, request: HttpRequest, version: Version, earlier: bool) -> tuple[str, str]:
        """Create a draft with the content of a version; return the URL of its review page, and a message."""
        draft = workflow.restore(version, request.user, earlier)
        return address(draft, "review"), f"“{version.name}” stands as a draft: publish it to have it back."

    def get_urls(self) -> Any:
        model, view = self.opts.model_name, self.admin_site.admin_view
        own = [
            path("<path:object_id>/draft/", view(require_POST(self.begin)), name=f"programmes_{model}_draft"),
            path("<path:object_id>/withdraw/", view(self.withdraw), name=f"programmes_{model}_withdraw"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        add = reverse(f"admin:programmes_{self.drafts._meta.model_name}_add") if self.may_draft(request) else ""
        return super().changelist_view(request, {"draft_url": add} | (extra_context or {}))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        record = self.get_object(request, unquote(object_id))
        beside = self.drafts.objects.of(record) if record else None
        more = {
            "change_beside": beside,
            "draft_url": address(beside, "change") if beside else "",
            "may_draft": self.may_draft(request),
            "may_publish": self.may_publish(request),
        }
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def begin(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Redirect to the draft of a published record, created if there is none. Raises PermissionDenied."""
        if not self.may_draft(request):
            raise PermissionDenied
        draft = workflow.begin(record_or_404(self.model, object_id), request.user)
        return HttpResponseRedirect(address(draft, "change"))

    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason (GET), and withdraw a record from the public site (POST). Raises PermissionDenied."""
        if not self.may_publish(request):
            raise PermissionDenied
        record = record_or_404(self.model, object_id)
        if request.method == "POST":
            try:
                draft = workflow.withdraw(record, request.user, request.POST.get("reason", ""))
            except (WorkflowError, PermissionDenied) as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, f"“{record}” is withdrawn. As a draft it stays, and can be published again.")
                return HttpResponseRedirect(address(draft, "change"))
        context = {**self.admin_site.each_context(request), "title": "Withdraw", "record": record, "opts": self.opts}
        beside = self.drafts.objects.of(record)
        context |= {"draft_url": address(beside, "change") if beside else "", "reason": request.POST.get("reason", "")}
        return TemplateResponse(request, "admin/curated/withdraw.html", context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Ask for confirmation and a reason (GET), and delete a record (POST); on an error nothing is deleted."""
        record = self.get_object(request, unquote(object_id))
        if request.method != "POST" or record is None or not self.has_delete_permission(request, record):
            return super().delete_view(request, object_id, extra_context)
        try:
            workflow.delete(record, request.user, request.POST.get("reason", ""))
        except (WorkflowError, PermissionDenied) as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.get_full_path())
        messages.success(request, f"“{record}” is deleted.")
        return HttpResponseRedirect(reverse(f"admin:programmes_{self.opts.model_name}_changelist"))

    def get_actions(self, request: HttpRequest) -> Any:
        """Return the actions without bulk deletion: each deletion has a reason of its own."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}


def address(record: Any, page: str) -> str:
    """Return the URL of an admin page of a record, as `change` or `review`."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])
