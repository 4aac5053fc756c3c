"""Admin of drafts of programmes, with inlines for links and for new examples that are published together."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from gvc_catalogue.admin.base import AS_PRINTED

from ..editing.preview import draft_record
from ..models import DraftLink, ExampleDraft, ProgrammeDraft, Status
from .drafts import DraftAdmin
from .example_draft import ExampleDraftForm


class LinkOfDraft(admin.TabularInline):
    """Inline of the links of a draft."""

    model = DraftLink
    fields = ["kind", "url", "title", "language"]
    formfield_overrides = AS_PRINTED
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("programmes.view_programmedraft")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("programmes.change_programmedraft")

    has_change_permission = has_delete_permission = has_add_permission


class ExampleOfDraft(admin.StackedInline):
    """Inline of new examples (quotations), published together with their programme."""

    model = ExampleDraft
    verbose_name, verbose_name_plural = "new quotation", "new quotations"
    form = ExampleDraftForm
    fields = ["recommendation", "position", "text", "source", "placed_by_inference", "reason"]
    autocomplete_fields = ["recommendation", "source"]
    formfield_overrides = AS_PRINTED
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return the delete permission; quotations of a withdrawn programme are deleted by publishers only."""
        may_publish = request.user.has_perm("programmes.publish_exampledraft")
        return super().has_delete_permission(request, obj) and (obj is None or may_publish or not obj.is_withdrawn)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = type("ExampleDraftForm", (ExampleDraftForm,), {"by": request.user})
        return super().get_formset(request, obj, form=form, **kwargs)


@admin.register(ProgrammeDraft)
class ProgrammeDraftAdmin(DraftAdmin):
    as_record = staticmethod(draft_record)
    said = list(ProgrammeDraft.FORM_FIELDS)
    autocomplete_fields = ["countries", "provider", "partners", "successor"]
    inlines = [LinkOfDraft, ExampleOfDraft]
    list_display = ["name", "state", "is_new", "provider", "drafted_by", "updated_at"]
    list_select_related = ["author", "provider"]
    search_fields = ["name__regex", "slug__regex"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Return the slug as prepopulated from the name, for a new draft only."""
        return {} if obj else {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save a draft; the user becomes `checked_by` when the status or its date changes, unless not yet checked."""
        if {"status", "checked_on"} & set(form.changed_data) and obj.status != Status.NOT_YET_CHECKED:
            obj.checked_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the inlines; the user becomes the author of examples without one."""
        for added in formset.save(commit=False):
            if isinstance(added, ExampleDraft):
                added.author_id = added.author_id or request.user.pk
        super().save_formset(request, form, formset, change)

    def compared(self, draft: Any) -> dict[str, Any]:
        """Return the context of the review page, with the diff of each new example under `examples`."""
        compared = super().compared
        return compared(draft) | {"examples": [(example, compared(example)) for example in draft.exampledrafts.all()]}
