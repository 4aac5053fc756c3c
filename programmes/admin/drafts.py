"""Editorial workflow in the admin: drafts are edited, submitted, reviewed with a diff, and published."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
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
    """Return nested lists of names without those that start with one of the prefixes."""
    kept = [without(one, beginnings) if isinstance(one, list) else one for one in named]
    return [one for one in kept if one and not str(one).startswith(beginnings)]


class DraftAdmin(LargeAdmin, ConflictAwareAdmin, CuratedAdmin):
    """Base ModelAdmin of drafts: permissions, workflow buttons, review page and preview page."""

    change_form_template = "admin/curated/draft.html"
    list_filter = ["state", ("key", admin.EmptyFieldListFilter), "receipt"]
    list_select_related = ["author"]
    date_hierarchy = None
    actions = ["submit_selected", "publish_selected"]
    # The content fields in the order of the form; and the function that returns the record a draft would become.
    said: list[str] = []
    as_record: Callable[[Any], ProgrammeRecord]

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"programmes.publish_{self.opts.model_name}")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return the delete permission; a withdrawn record needs the publish permission too. At most one query.

        The state is not asked: a withdrawn record that is handed in again is in review, and then a draft.
        """
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or self.may_publish(request) or not obj.is_withdrawn)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return the objects to be deleted, without the rows of many-to-many tables (countries, partners)."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        ties = {getattr(self.model, field.name).through._meta for field in self.opts.many_to_many}
        counts = {name: number for name, number in counts.items() if name not in {t.verbose_name_plural for t in ties}}
        return without(deleted, tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)), counts, needed, protected

    def get_actions(self, request: HttpRequest) -> Any:
        """Return the actions without bulk deletion: drafts are deleted singly, those of an import by undoing it."""
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
        """Return the fieldsets; with the reason, where the draft changes a published record."""
        why = [("The reason", {"fields": ["why"]})] if obj and obj.key else []
        return [(None, {"fields": self.said}), *why]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        more = {"may_publish": self.may_publish(request)}
        return super().changeform_view(request, object_id, form_url, more | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save a draft: its state becomes DRAFT, also when a reviewer edits it; a withdrawn one stays WITHDRAWN.

        The author is set where there is none, and `edits` is incremented by a change (optimistic locking).
        """
        obj.author = obj.author or request.user
        obj.edits += change
        obj.state = obj.state if obj.state == State.WITHDRAWN else State.DRAFT
        super().save_model(request, obj, form, change)

    def _last_editor(self, record: Any) -> str:
        """Return the name of the user who saved a draft last, by Django's log: the audit log has no drafts. One query.

        A step that changes the content is logged there too (`_caught_up`).
        """
        model = ContentType.objects.get_for_model(record)
        entry = LogEntry.objects.filter(content_type=model, object_id=record.pk).select_related("user").first()
        return entry.user.get_username() if entry else "Somebody"

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._further(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._further(request, obj) or super().response_change(request, obj, *args, **kwargs)

    def _further(self, request: HttpRequest, draft: Draft) -> HttpResponse | None:
        """Perform the workflow step of the button pressed, once the draft is saved; return None for the save button."""
        for button, step in self.steps(request).items():
            if button in request.POST:
                return self._step(request, draft, step)
        return None

    # ---- The steps

    def steps(self, request: HttpRequest) -> dict[str, Step]:
        """Return the workflow step of each button that the user may press; a step returns its success message."""
        steps: dict[str, Step] = {"_submit": self._submitted, "_catch_up": self._caught_up}
        of_publishers: dict[str, Step] = {"_publish": self._published, "_send_back": self._sent_back}
        return steps | (of_publishers if self.may_publish(request) else {})

    def _step(self, request: HttpRequest, draft: Draft, step: Step) -> HttpResponse:
        try:
            messages.success(request, step(request, draft))
        except (WorkflowError, PermissionDenied) as refused:
            messages.error(request, str(refused))
            # An error of a button on the review page is shown on the review page.
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
        self.log_change(request, draft, "Took over what had changed of the published record.")
        return "What had changed is taken over; where both changed, the draft stays."

    @admin.action(description="Hand in for review", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, self._submitted, "handed in")

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, self._published, "published")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Return whether Django offers the actions with the permission “publish”."""
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
        """Review page of a draft: the diff, and the buttons that the user may press. Raises PermissionDenied."""
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
        """Perform the workflow step of the button pressed, unless the draft was edited since the page was loaded.

        Optimistic locking by the field `edits`. Raises PermissionDenied.
        """
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
        """Return the context of the review page: `record`, `changes`, `meanwhile`, `conflicts`.

        `changes` is the diff of the published record and the draft, `meanwhile` the diff of the record since the draft
        was begun, `conflicts` the labels of the fields that both changed.
        """
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
        """Preview of the public page that the draft would become. Raises PermissionDenied."""
        draft: Draft = record_or_404(self.model, object_id)
        if not self.has_view_permission(request, draft):
            raise PermissionDenied
        return page_of(request, self.as_record(draft), preview=True)
