"""Changelist filters of programmes and examples: the facets of the public list, computed by the search index."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from recommendations.models import Category, Recommendation

from ..models import Country, Example, ProviderKind, Region, Status
from .indexed_changelist import IndexFilter


class CountryFilter(IndexFilter):
    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(country.code, country.name) for country in Country.objects.all()]


class RegionFilter(IndexFilter):
    title = "region"
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(region.value, region.label) for region in Region]


class CategoryFilter(IndexFilter):
    title = "category"
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(category.code, str(category)) for category in Category.objects.all()]


class StatusFilter(IndexFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(status.value, status.label) for status in Status]


class ProviderFilter(IndexFilter):
    title = "kind of provider"
    parameter_name = "provider"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in ProviderKind]


class ExampleCategoryFilter(CategoryFilter):
    """Filter of examples by the category of their recommendation, by indexed foreign keys. One query for the keys."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Example]) -> QuerySet[Example]:
        rows = Recommendation.objects.filter(category__code=self.value()).values_list("pk", flat=True)
        return queryset.filter(recommendation__in=list(rows)) if self.value() else queryset
