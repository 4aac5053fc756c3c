"""Programmes, with the examples that describe them and the addresses they had."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gvc_catalogue.lib.curating import CuratedAdmin

from ..models import FormerSlug, Programme
from .described import ExampleOfProgramme
from .filters import CategoryFilter, CountryFilter, RegionFilter


class FormerAddress(admin.TabularInline):
    """To be read: they are noted when an address changes, and must answer for ever."""

    model = FormerSlug
    fields = ["slug"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Programme)
class ProgrammeAdmin(CuratedAdmin):
    fields = ["name", "slug", "countries", "provider", "partners"]
    autocomplete_fields = ["countries", "provider", "partners"]
    inlines = [ExampleOfProgramme, FormerAddress]
    list_display = ["name", "where", "provider", "serves"]
    list_filter = [CountryFilter, RegionFilter, CategoryFilter, "provider__kind"]
    list_select_related = ["provider"]
    search_fields = [
        "name__regex",
        "slug__regex",
        "provider__name__regex",
        "countries__name__regex",
        "examples__text__regex",
    ]
    search_help_text = "Name, address, provider, countries, quotations."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return super().get_queryset(request).prefetch_related("countries", "examples__recommendation")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """The address follows the name only until both are published."""
        return {} if obj else {"slug": ["name"]}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse to delete a programme with examples: their quotations would describe nothing."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        quoted = {example for programme in objs for example in programme.examples.select_related("recommendation")}
        return deleted, counts, needed, [*protected, *sorted(map(str, quoted))]

    @admin.display(description="countries")
    def where(self, programme: Programme) -> str:
        return ", ".join(country.name for country in programme.countries.all())

    @admin.display(description="recommendations")
    def serves(self, programme: Programme) -> str:
        served = {example.recommendation for example in programme.examples.all()}
        return ", ".join(r.number for r in sorted(served, key=lambda r: r.position))
