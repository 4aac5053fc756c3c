"""Admin of published programmes: read-only, with bulk edit, merge, drafts and withdrawal."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gvc_catalogue.admin.base import truncate_words

from ..models import Programme
from .bulk_edit import BulkAdmin
from .filters import CategoryFilter, CountryFilter, ProviderFilter, RegionFilter, StatusFilter
from .indexed_changelist import IndexedAdmin
from .merge import MergingAdmin
from .published import PublishedAdmin, address


@admin.register(Programme)
class ProgrammeAdmin(BulkAdmin, MergingAdmin, IndexedAdmin, PublishedAdmin):
    ordered_by = {"name": "sort_name"}
    fields = [*Programme.FORM_FIELDS, "checker", "pages_elsewhere", "quotations", "former_addresses"]
    readonly_fields = ["checker", "pages_elsewhere", "quotations", "former_addresses"]
    list_display = ["name", "where", "provider", "serves", "status"]
    list_filter = [CountryFilter, RegionFilter, CategoryFilter, ProviderFilter, StatusFilter]
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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return the objects to be deleted. Examples protect their programme: else they would describe none."""
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

    @admin.display(description="links")
    def pages_elsewhere(self, programme: Programme) -> SafeString:
        rows = [(link.url, link.url, link.get_kind_display()) for link in programme.links.all()]
        return format_html_join("", '<div><a href="{}" rel="noreferrer">{}</a> ({})</div>', rows)

    @admin.display(description="quotations")
    def quotations(self, programme: Programme) -> SafeString:
        rows = [(address(e, "change"), e.key, truncate_words(e.text)) for e in programme.examples.all()]
        return format_html_join("", '<div><a href="{}">{}</a> {}</div>', rows)

    @admin.display(description="former addresses")
    def former_addresses(self, programme: Programme) -> str:
        return ", ".join(former.slug for former in programme.former_slugs.all())
