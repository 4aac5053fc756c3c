"""Admin of corrections suggested by readers: a curator accepts or refuses each, with an answer."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from gvc_catalogue.admin.base import CuratedAdmin, truncate_words
from gvc_catalogue.admin.large_changelist import LargeAdmin
from gvc_catalogue.history.content import WorkflowError

from ..editing.suggestions import accept_suggestion, refuse_suggestion
from ..models import Programme, Suggestion
from .published import address


@admin.register(Suggestion)
class SuggestionAdmin(LargeAdmin, CuratedAdmin):
    """Changelist of suggestions, open ones first; the page shows the reader's text beside the record."""

    list_display = ["programme_name", "words", "at", "state", "answer", "decider"]
    list_filter = ["state"]
    list_select_related = ["decided_by"]
    search_fields = ["programme_name__regex", "text__regex", "answer__regex"]
    show_full_result_count = False
    actions = None
    # Open, refused, taken: the alphabetical order of the states puts open ones first.
    ordering = ["state", "-pk"]

    @admin.display(description="suggestion")
    def words(self, suggestion: Suggestion) -> str:
        return truncate_words(suggestion.text)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_take(self, request: HttpRequest) -> bool:
        """Return whether the user may accept suggestions: that creates a draft, so its permission is required."""
        return self.has_change_permission(request) and request.user.has_perm("programmes.change_programmedraft")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show suggestion and record side by side, with the buttons to accept and refuse (GET), or decide (POST).

        Half a dozen queries. Raises PermissionDenied, and Http404 for an unknown suggestion.
        """
        key = unquote(object_id)
        suggestion = get_object_or_404(
            Suggestion.objects.select_related("decided_by"), pk=int(key) if is_key(key) else 0
        )
        if not self.has_view_permission(request, suggestion):
            raise PermissionDenied
        answer = self.decided(request, suggestion) if request.method == "POST" else None
        if answer:
            return answer
        programme = Programme.objects.with_details().filter(pk=suggestion.programme_id).first()
        context = {
            **self.admin_site.each_context(request),
            "title": "Suggestion",
            "opts": self.opts,
            "suggestion": suggestion,
            "word": request.POST.get("answer", ""),
            "programme": programme,
            "open": suggestion.state == "open",
            "may_refuse": self.has_change_permission(request, suggestion),
            "may_take": self.may_take(request),
        }
        return TemplateResponse(request, "admin/suggestion.html", context)

    def decided(self, request: HttpRequest, suggestion: Suggestion) -> HttpResponse | None:
        """Accept or refuse a suggestion; redirect to the draft or to the changelist, or return None on an error.

        Raises PermissionDenied.
        """
        taking = "_take" in request.POST
        if not (self.may_take(request) if taking else self.has_change_permission(request, suggestion)):
            raise PermissionDenied
        word = request.POST.get("answer", "")
        try:
            if taking:
                draft = accept_suggestion(suggestion, request.user, word)
                messages.success(
                    request, "The suggestion is taken. This is the draft of the programme: change it, and hand it in."
                )
                return HttpResponseRedirect(address(draft, "change"))
            refuse_suggestion(suggestion, request.user, word)
        except WorkflowError as refused:
            messages.error(request, str(refused))
            suggestion.refresh_from_db()
            return None
        messages.success(request, "The suggestion is refused.")
        return HttpResponseRedirect(reverse("admin:programmes_suggestion_changelist"))


def is_key(text: str) -> bool:
    """Return whether a part of a URL can be a primary key: ASCII digits, fewer than 19."""
    return text.isascii() and text.isdigit() and len(text) < 19
