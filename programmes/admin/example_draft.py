"""Admin of drafts of examples; the text of the annex is read-only without a special permission."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from gvc_catalogue.admin.base import truncate_words

from ..editing.permissions import PERMISSION, PROTECTED
from ..editing.preview import record_with_example
from ..models import ExampleDraft
from .drafts import DraftAdmin

NAME_IT = "Say which document it quotes: words of the annex are added only by who has the permission for them."


class ExampleDraftForm(forms.ModelForm):
    """Form of a draft. `by` is the user: the admin creates a subclass with it for each request."""

    by: Any = None

    def clean(self) -> Any:
        """Refuse a new quotation of the annex by a user without the permission, before the draft is submitted."""
        cleaned = super().clean() or {}
        is_new = self.instance.key is None and "source" in self.fields
        if is_new and not cleaned.get("source") and not self.by.has_perm(PERMISSION) and "source" not in self.errors:
            self.add_error("source", NAME_IT)
        return cleaned


@admin.register(ExampleDraft)
class ExampleDraftAdmin(DraftAdmin):
    as_record = staticmethod(record_with_example)
    form = ExampleDraftForm
    said = ["recommendation", "position", "text", "programmes", "source", "placed_by_inference", "reason"]
    autocomplete_fields = ["recommendation", "programmes", "source"]
    list_display = ["place", "words", "state", "is_new", "drafted_by", "updated_at"]
    list_display_links = ["place", "words"]
    list_select_related = ["author", "recommendation"]
    search_fields = ["text__regex", "recommendation__number__regex"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made: Any = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"by": request.user})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the protected fields for an example of the annex, unless the user has the permission for them."""
        of_annex = obj is not None and obj.key is not None and obj.of_annex
        return PROTECTED if of_annex and not request.user.has_perm(PERMISSION) else ()

    @admin.display(description="place", ordering="recommendation__position")
    def place(self, draft: ExampleDraft) -> str:
        return f"{draft.recommendation.number}-{draft.position}"

    @admin.display(description="text")
    def words(self, draft: ExampleDraft) -> str:
        return truncate_words(draft.text)
