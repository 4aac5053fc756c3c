"""Filters of the admin's lists by what is joined over many-to-many tables.

Django's own would count a programme once for each row of the join; these ask by a subquery.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from recommendations.models import Category

from ..models import Country, Example, Region, Status
from ..selection import Selection


class PublicFilter(admin.SimpleListFilter):
    """A facet of the public list, which finds and counts the same here; `parameter_name` is its name there."""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked: dict[str, Any] = {str(self.parameter_name): (self.value(),)}
        return queryset.matching(Selection(**asked)) if self.value() else queryset


class CountryFilter(PublicFilter):
    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(country.code, country.name) for country in Country.objects.all()]


class RegionFilter(PublicFilter):
    title = "region"
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(region.value, region.label) for region in Region]


class CategoryFilter(PublicFilter):
    title = "category"
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(category.code, str(category)) for category in Category.objects.all()]


class StatusFilter(PublicFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(status.value, status.label) for status in Status]


class ExampleCountryFilter(CountryFilter):
    """Examples by the countries of the programmes they describe."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Example]) -> QuerySet[Example]:
        there = Example.objects.filter(programmes__countries__code=self.value())
        return queryset.filter(pk__in=there.values("pk")) if self.value() else queryset
