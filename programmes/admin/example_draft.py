"""Admin of drafts of examples; the text of the annex is read-only without a special permission."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path

from gvc_catalogue.admin.base import truncate_words
from gvc_catalogue.history.content import serialise
from gvc_catalogue.history.versioned_admin import record_or_404

from ..editing.permissions import PERMISSION, PROTECTED
from ..editing.preview import record_with_example
from ..editing.quoted_words import lost_words
from ..models import ExampleDraft
from .drafts import DraftAdmin
from .published import address

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

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.words_page)
        return [path("<path:object_id>/words/", view, name="programmes_exampledraft_words"), *super().get_urls()]

    def words_page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask before publication leaves classifications without words (GET), and publish if agreed (POST).

        Raises PermissionDenied for who may not publish the draft.
        """
        draft: ExampleDraft = record_or_404(self.model, object_id)
        if not self.may_publish(request) or not self.has_change_permission(request, draft):
            raise PermissionDenied
        if request.method == "POST":
            return self._reviewed(request, draft)
        lost = lost_words(draft.record, serialise(draft))
        if not lost:
            return HttpResponseRedirect(address(draft, "review"))
        context = {**self.admin_site.each_context(request), "title": "Words of terms", "opts": self.opts}
        return TemplateResponse(request, "admin/curated/words.html", context | {"draft": draft, "lost": lost})
