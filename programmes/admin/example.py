"""Admin of published examples, read-only, also as an inline of recommendations; and of the documents they quote."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gvc_catalogue.admin.base import CuratedAdmin, truncate_words
from gvc_catalogue.history.versioned_admin import VersionedAdmin
from recommendations.admin import RecommendationAdmin

from ..models import Example, Source
from .filters import CountryFilter, ExampleCategoryFilter
from .indexed_changelist import IndexedExampleAdmin
from .published import PublishedAdmin

# Number of examples in the inline of a recommendation; the changelist of examples contains all.
SHOWN = 100


class ExampleOfRecommendation(admin.StackedInline):
    """Read-only inline of the first 100 examples of a recommendation; drafts of them are edited on their own pages."""

    model = Example
    verbose_name_plural = f"examples in the first {SHOWN} places of the row"
    fields = ["position", "text", "programmes", "source", "placed_by_inference", "reason"]
    show_change_link = True
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Example]:
        # In a large catalogue a recommendation has tens of thousands of examples.
        return super().get_queryset(request).filter(position__lte=SHOWN).with_details()  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# The package recommendations must not import this one, so the inline is registered from here.
RecommendationAdmin.inlines.append(ExampleOfRecommendation)


@admin.register(Example)
class ExampleAdmin(IndexedExampleAdmin, PublishedAdmin):
    # The order of the unique index. Primary keys of recommendations, a closed list, are in the order of the statement.
    ordering = ["recommendation_id", "position"]
    fields = ["recommendation", "position", "text", "programmes", "source", "placed_by_inference", "reason"]
    list_display = ["key", "words", "describes", "inferred", "document"]
    list_display_links = ["key", "words"]
    list_filter = ["placed_by_inference", ExampleCategoryFilter, CountryFilter, "source"]
    search_fields = ["text__regex", "recommendation__number__regex", "programmes__name__regex"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Example]:
        return super().get_queryset(request).select_related("recommendation", "source").prefetch_related("programmes")

    @admin.display(description="place", ordering="recommendation__position")
    def key(self, example: Example) -> str:
        return example.key

    @admin.display(description="text", ordering="text")
    def words(self, example: Example) -> str:
        return truncate_words(example.text)

    @admin.display(description="inferred", ordering="placed_by_inference", boolean=True)
    def inferred(self, example: Example) -> bool:
        return example.placed_by_inference

    @admin.display(description="document")
    def document(self, example: Example) -> str:
        return str(example.source or "the annex")

    @admin.display(description="programmes")
    def describes(self, example: Example) -> str:
        return "; ".join(programme.name for programme in example.programmes.all())


@admin.register(Source)
class SourceAdmin(VersionedAdmin, CuratedAdmin):
    list_display = ["title", "date", "url"]
    search_fields = ["title__regex", "url__regex"]
