"""Words that mean the same."""

from django.contrib import admin

from gvc_catalogue.lib.curating import CuratedAdmin, beginning
from gvc_catalogue.lib.history.curating import VersionedAdmin

from ..models import Synonym


@admin.register(Synonym)
class SynonymAdmin(VersionedAdmin, CuratedAdmin):
    list_display = ["label", "expressions"]
    search_fields = ["label__regex", "words__regex"]

    @admin.display(description="expressions")
    def expressions(self, synonym: Synonym) -> str:
        return beginning(", ".join(synonym.expressions))
