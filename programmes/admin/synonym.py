"""Admin of search synonyms."""

from django.contrib import admin

from gvc_catalogue.admin.base import CuratedAdmin, truncate_words
from gvc_catalogue.history.versioned_admin import VersionedAdmin

from ..models import Synonym


@admin.register(Synonym)
class SynonymAdmin(VersionedAdmin, CuratedAdmin):
    list_display = ["label", "expressions"]
    search_fields = ["label__regex", "words__regex"]

    @admin.display(description="expressions")
    def expressions(self, synonym: Synonym) -> str:
        return truncate_words(", ".join(synonym.expressions))
