"""Filters of the admin's lists by what is joined over many-to-many tables.

Django's own would count a programme once for each row of the join; these ask by a subquery.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from recommendations.models import Category, Recommendation

from ..models import Country, Example, ProviderKind, Region, Status
from ..selection import Selection
from .by_index import Narrowing


class PublicFilter(admin.SimpleListFilter):
    """A facet of the public list, which finds and counts the same here; `parameter_name` is its name there."""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return narrowing(request, queryset, self.asked(str(self.value()))) if self.value() else queryset

    def asked(self, value: str) -> Narrowing:
        """Return the programmes with a value."""
        name = str(self.parameter_name)
        selection: dict[str, Any] = {name: (value,)}
        return Narrowing(
            lambda snapshot: snapshot.facet(name, value), lambda rows: rows.matching(Selection(**selection))
        )


def narrowing(request: HttpRequest, queryset: Any, asked: Narrowing) -> Any:
    """Return the rows narrowed; of a large list as they are, and have the index asked (see by_index.py)."""
    asked_of_index = getattr(request, "narrowings", None)
    if asked_of_index is None:
        return asked.by_database(queryset)
    asked_of_index.append(asked)
    return queryset


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


class ProviderFilter(PublicFilter):
    title = "kind of provider"
    parameter_name = "provider"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in ProviderKind]


class ExampleCountryFilter(CountryFilter):
    """Examples by the countries of the programmes they describe."""

    def asked(self, value: str) -> Narrowing:
        there = Example.objects.filter(programmes__countries__code=value)
        return Narrowing(super().asked(value).by_index, lambda rows: rows.filter(pk__in=there.values("pk")))


class ExampleCategoryFilter(CategoryFilter):
    """Examples by the category of their row; by the keys of its rows, which have an index."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Example]) -> QuerySet[Example]:
        rows = Recommendation.objects.filter(category__code=self.value()).values_list("pk", flat=True)
        return queryset.filter(recommendation__in=list(rows)) if self.value() else queryset
