"""Admin of the terms of the controlled vocabulary."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest

from gvc_catalogue.admin.base import ImmutableKeyAdmin, truncate_words
from gvc_catalogue.history.versioned_admin import SHOWN, VersionedAdmin

from ..models import Term


class TermChoiceMixin(BaseModelAdmin):
    """ModelAdmin or inline whose choices of a term are grouped by its kind."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the form field of a relation; of terms with grouped choices, read by one query for all rows."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.related_model is Term:
            field.choices = [("", field.empty_label), *Term.objects.choices()]
        return field


@admin.register(Term)
class TermAdmin(TermChoiceMixin, VersionedAdmin, ImmutableKeyAdmin):
    # The kind is kept too: facets, narrower terms and topics of recommendations rely on it.
    kept_key = ["key", "scheme"]
    list_display = ["label", "key", "scheme", "broader", "labels"]
    list_filter = ["scheme"]
    list_select_related = ["broader"]
    search_fields = ["label__regex", "key__regex", "other_labels__regex", "french_labels__regex"]

    @admin.display(description="other labels")
    def labels(self, term: Term) -> str:
        return truncate_words(", ".join(term.labels[1:]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what uses the terms as protected, up to SHOWN of each kind: it prevents the deletion.

        Django would load all of it, and would not name the programmes. Four queries for each term.
        """
        if used := [use for term in objs for use in uses(term)]:
            return [], {}, set(), used
        return super().get_deleted_objects(objs, request)


def uses(term: Term) -> Iterator[str]:
    """Yield a sentence for each programme, draft, recommendation and narrower term that uses a term, SHOWN of each."""
    for classification in term.classifications.select_related("programme")[:SHOWN]:
        yield f"the programme “{classification.programme}” is classified by it"
    for drafted in term.draftclassifications.select_related("draft")[:SHOWN]:
        yield f"the draft of “{drafted.draft}” is classified by it"
    for topic in term.recommendation_topics.select_related("recommendation")[:SHOWN]:
        yield f"recommendation {topic.recommendation.number} has it as a topic"
    for narrower in term.narrower.all()[:SHOWN]:
        yield f"the term “{narrower}” is narrower than it"
