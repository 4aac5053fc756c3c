"""The workbench: drafts are written, handed in, looked through word by word, and published."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst

from gvc_catalogue.admin.base import CuratedAdmin
from gvc_catalogue.admin.large_changelist import LargeAdmin
from gvc_catalogue.history.content import WorkflowError, serialise
from gvc_catalogue.history.differences import conflicts, differences, label
from gvc_catalogue.history.versioned_admin import ConflictAwareAdmin, record_or_404

from ..editing import workflow
from ..editing.workflow import OutdatedDraftError
from ..models import Draft, State
from ..schema.records import ProgrammeRecord
from ..views.detail import page_of
from .published import address

Step = Callable[[HttpRequest, Draft], str]
CHANGED_SINCE = "Somebody saved the draft after you opened this page: look at it again."


def without(named: list[Any], beginnings: tuple[str, ...]) -> list[Any]:
    """Return nested names without those that begin so."""
    kept = [without(one, beginnings) if isinstance(one, list) else one for one in named]
    return [one for one in kept if one and not str(one).startswith(beginnings)]


class DraftAdmin(LargeAdmin, ConflictAwareAdmin, CuratedAdmin):
    """What drafts of all kinds have in common: who may do what, the buttons, the review, the preview."""

    change_form_template = "admin/curated/draft.html"
    list_filter = ["state", ("key", admin.EmptyFieldListFilter), "receipt"]
    list_select_related = ["author"]
    date_hierarchy = None
    actions = ["submit_selected", "publish_selected"]
    # What a draft says, in the order of the form; and as the record that it would become.
    said: list[str] = []
    as_record: Callable[[Any], ProgrammeRecord]

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"programmes.publish_{self.opts.model_name}")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was withdrawn is deleted by who may withdraw."""
        withdrawn = obj is not None and obj.state == State.WITHDRAWN
        return super().has_delete_permission(request, obj) and (not withdrawn or self.may_publish(request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what a curator knows: the draft and its links, not the rows that tie it to countries and partners."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        ties = {getattr(self.model, field.name).through._meta for field in self.opts.many_to_many}
        counts = {name: number for name, number in counts.items() if name not in {t.verbose_name_plural for t in ties}}
        return without(deleted, tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)), counts, needed, protected

    def get_actions(self, request: HttpRequest) -> Any:
        """Drafts are deleted one by one, and those of an import by its receipt."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_urls(self) -> Any:
        model, view = self.opts.model_name, self.admin_site.admin_view
        own = [
            path("<path:object_id>/review/", view(self.review), name=f"programmes_{model}_review"),
            path("<path:object_id>/preview/", view(self.preview), name=f"programmes_{model}_preview"),
        ]
        return own + super().get_urls()

    # ---- The form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask why where a published record is to change."""
        why = [("The reason", {"fields": ["why"]})] if obj and obj.key else []
        return [(None, {"fields": self.said}), *why]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        more = {"may_publish": self.may_publish(request)}
        return super().changeform_view(request, object_id, form_url, more | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A draft that is changed goes back to its curator, whoever reviews it; what is withdrawn stays so."""
        obj.author = obj.author or request.user
        obj.edits += change
        obj.state = obj.state if obj.state == State.WITHDRAWN else State.DRAFT
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._further(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._further(request, obj) or super().response_change(request, obj, *args, **kwargs)

    def _further(self, request: HttpRequest, draft: Draft) -> HttpResponse | None:
        """Take the step that the button asked for, once the draft is saved; None where it only saves."""
        for button, step in self.steps(request).items():
            if button in request.POST:
                return self._step(request, draft, step)
        return None

    # ---- The steps

    def steps(self, request: HttpRequest) -> dict[str, Step]:
        """Return what each button does, of those that this curator may press; each returns what to say."""
        steps: dict[str, Step] = {"_submit": self._submitted, "_catch_up": self._caught_up}
        of_publishers: dict[str, Step] = {"_publish": self._published, "_send_back": self._sent_back}
        return steps | (of_publishers if self.may_publish(request) else {})

    def _step(self, request: HttpRequest, draft: Draft, step: Step) -> HttpResponse:
        try:
            messages.success(request, step(request, draft))
        except (WorkflowError, PermissionDenied) as refused:
            messages.error(request, str(refused))
            # What was pressed on the review is said there.
            page = "review" if isinstance(refused, OutdatedDraftError) or "edits" in request.POST else "change"
            return HttpResponseRedirect(address(draft, page))
        there = draft.pk and type(draft).objects.filter(pk=draft.pk).exists()
        return HttpResponseRedirect(address(draft, "review") if there else self._list())

    def _list(self) -> str:
        return reverse(f"admin:programmes_{self.opts.model_name}_changelist")

    def _submitted(self, request: HttpRequest, draft: Draft) -> str:
        workflow.submit(draft)
        return f"“{draft}” is handed in for review."

    def _published(self, request: HttpRequest, draft: Draft) -> str:
        workflow.publish(draft, request.user)
        return f"“{draft}” is published."

    def _sent_back(self, request: HttpRequest, draft: Draft) -> str:
        workflow.send_back(draft, request.POST.get("note", ""))
        return f"“{draft}” goes back to its curator with your note."

    def _caught_up(self, request: HttpRequest, draft: Draft) -> str:
        workflow.catch_up(draft)
        return "What had changed is taken over; where both changed, the draft stays."

    @admin.action(description="Hand in for review", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, self._submitted, "handed in")

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, self._published, "published")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """What Django asks before it offers the action."""
        return self.may_publish(request)

    def _each(self, request: HttpRequest, queryset: Any, step: Step, said: str) -> None:
        done = 0
        for draft in queryset:
            try:
                step(request, draft)
                done += 1
            except (WorkflowError, PermissionDenied) as refused:
                messages.error(request, f"“{draft}”: {refused}")
        messages.success(request, f"{done} of {len(queryset)} {said}.")

    @admin.display(description="new", boolean=True)
    def is_new(self, draft: Draft) -> bool:
        return draft.key is None

    # ---- Its own pages

    def review(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What a draft changes, word by word; the buttons of those who may press them."""
        draft: Draft = record_or_404(self.model, object_id)
        if not self.has_view_permission(request, draft):
            raise PermissionDenied
        if request.method == "POST":
            return self._reviewed(request, draft)
        context = {**self.admin_site.each_context(request), "title": "Review", "opts": self.opts, "draft": draft}
        context |= self.compared(draft) | {"may_publish": self.may_publish(request)}
        may_change = self.has_change_permission(request, draft)
        pressable = self.may_publish(request) or draft.state != State.IN_REVIEW
        context |= {"may_change": may_change, "may_press": pressable}
        return TemplateResponse(request, "admin/curated/review.html", context)

    def _reviewed(self, request: HttpRequest, draft: Draft) -> HttpResponse:
        """Take the step of the button pressed, on the draft as it was looked at."""
        if not self.has_change_permission(request, draft):
            raise PermissionDenied
        if request.POST.get("edits") != str(draft.edits):
            messages.error(request, CHANGED_SINCE)
            return HttpResponseRedirect(request.get_full_path())
        done = self._further(request, draft)
        if done is None:
            raise PermissionDenied
        return done

    def compared(self, draft: Draft) -> dict[str, Any]:
        """Return what the review shows: what the draft changes, what changed meanwhile, and where both did."""
        record, mine = draft.record, serialise(draft)
        now, base = serialise(record) if record else None, draft.base
        meanwhile = differences(draft.becomes, base, now) if base else []
        both = conflicts(base, now or {}, mine, draft.becomes.CONTENT) if base and meanwhile else []  # type: ignore[attr-defined]
        return {
            "record": record,
            "changes": differences(draft.becomes, now, mine),
            "meanwhile": meanwhile,
            "conflicts": [label(draft.becomes, name) for name in both],
        }

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page of the site as it would be."""
        draft: Draft = record_or_404(self.model, object_id)
        if not self.has_view_permission(request, draft):
            raise PermissionDenied
        return page_of(request, self.as_record(draft), preview=True)
