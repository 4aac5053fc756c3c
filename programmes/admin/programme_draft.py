"""Drafts of programmes, with their links and the quotations that are to be published with them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from gvc_catalogue.admin.base import AS_PRINTED

from ..editing.preview import draft_record
from ..models import DraftLink, ExampleDraft, ProgrammeDraft, Status
from .drafts import DraftAdmin
from .example_draft import ExampleDraftForm


class LinkOfDraft(admin.TabularInline):
    """Pages elsewhere."""

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
    """New quotations, published together with the programme that they tell of."""

    model = ExampleDraft
    verbose_name, verbose_name_plural = "new quotation", "new quotations"
    form = ExampleDraftForm
    fields = ["recommendation", "position", "text", "source", "placed_by_inference", "reason"]
    autocomplete_fields = ["recommendation", "source"]
    formfield_overrides = AS_PRINTED
    extra = 0

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
        """The address follows the name only until both are published."""
        return {} if obj else {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Whoever says what became of a programme has looked it up."""
        if {"status", "checked_on"} & set(form.changed_data) and obj.status != Status.NOT_YET_CHECKED:
            obj.checked_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Quotations belong to whoever drafted them."""
        for added in formset.save(commit=False):
            if isinstance(added, ExampleDraft):
                added.author_id = added.author_id or request.user.pk
        super().save_formset(request, form, formset, change)

    def compared(self, draft: Any) -> dict[str, Any]:
        """Its quotations are looked through together with it."""
        compared = super().compared
        return compared(draft) | {"examples": [(example, compared(example)) for example in draft.exampledrafts.all()]}
