"""Admin of the statement: its categories, recommendations and passages. Examples are added in programmes/admin."""

from django.contrib import admin

from gvc_catalogue.admin.base import CuratedAdmin, ImmutableKeyAdmin, truncate_words
from gvc_catalogue.history.versioned_admin import VersionedAdmin

from .models import Category, Passage, Recommendation


class StatementAdmin(VersionedAdmin):
    """Words of the statement are quotations: changing them needs a permission and a reason."""

    protected_by = "recommendations.change_statement"


@admin.register(Category)
class CategoryAdmin(StatementAdmin, ImmutableKeyAdmin):
    kept_key = ["code"]
    protected = ["title", "lead_in", "annex_title"]
    list_display = ["code", "short_title", "title", "part"]
    list_display_links = ["code", "short_title"]
    list_filter = ["part"]
    search_fields = ["code__regex", "short_title__regex", "title__regex", "annex_title__regex"]


@admin.register(Recommendation)
class RecommendationAdmin(StatementAdmin, ImmutableKeyAdmin):
    kept_key = ["number"]
    protected = ["text", "annex_text"]
    list_display = ["number", "title", "category", "in_annex"]
    list_display_links = ["number", "title"]
    list_filter = ["category", ("annex_text", admin.EmptyFieldListFilter)]
    list_select_related = ["category"]
    search_fields = ["number__regex", "title__regex", "text__regex", "annex_text__regex"]
    # `programmes` adds the examples of the row.
    inlines = []

    @admin.display(description="row in the annex", boolean=True)
    def in_annex(self, recommendation: Recommendation) -> bool:
        return bool(recommendation.annex_text)


@admin.register(Passage)
class PassageAdmin(StatementAdmin, CuratedAdmin):
    protected = ["text", "note"]
    list_display = ["place", "position", "kind", "words"]
    list_display_links = ["place", "position"]
    list_filter = ["place", "kind"]
    search_fields = ["text__regex"]

    @admin.display(description="text", ordering="text")
    def words(self, passage: Passage) -> str:
        return truncate_words(passage.text)
