"""Querysets of the statement: categories, recommendations, passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

from gvc_catalogue.web.facet_counts import FacetCount, number_of

if TYPE_CHECKING:
    from .models import Category, Passage, Recommendation


# Django drops Meta.ordering from a GROUP BY query, so a queryset with counts sets its order itself.
class CategoryQuerySet(models.QuerySet["Category"]):
    """Queryset of categories, in the order of the statement."""

    def get_by_natural_key(self, code: str) -> Category:
        return self.get(code=code)

    def with_counts(self, counts: Mapping[str, FacetCount]) -> CategoryQuerySet:
        """Annotate `number_of_recommendations` and `number_of_programmes`. No query yet.

        `counts` are the counts of the facet "category".
        """
        return self.annotate(
            number_of_recommendations=Count("recommendations", distinct=True),
            number_of_programmes=number_of(counts, "code"),
        ).order_by("position")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Queryset of recommendations, in the order of the statement."""

    def get_by_natural_key(self, number: str) -> Recommendation:
        return self.get(number=number)

    def with_category(self) -> RecommendationQuerySet:
        """Join the category in the same query (select_related)."""
        return self.select_related("category")

    def of_part_ii(self) -> RecommendationQuerySet:
        """Filter for the recommendations of part ii, which the annex covers."""
        return self.filter(category__part="ii")

    def with_number_of_programmes(self, counts: Mapping[str, FacetCount]) -> RecommendationQuerySet:
        """Annotate `number_of_programmes`, and join the category. No query yet.

        `counts` are the counts of the facet "recommendation".
        """
        return self.with_category().annotate(number_of_programmes=number_of(counts, "number"))  # type: ignore[no-redef]

    def serving(self, programme_pk: int) -> RecommendationQuerySet:
        """Filter for the recommendations that this programme has an example for, each once."""
        return self.filter(pk__in=self.model._default_manager.filter(examples__programmes=programme_pk).values("pk"))

    def asked_for(self, categories: Iterable[str], countries: Iterable[str]) -> RecommendationQuerySet:
        """Filter for any of the categories, with an example from any of the countries.

        An empty list does not filter.
        """
        found = self.filter(category__code__in=categories) if categories else self
        served = self.model._default_manager.filter(examples__programmes__countries__code__in=countries)
        return found.filter(pk__in=served.values("pk")) if countries else found


class PassageQuerySet(models.QuerySet["Passage"]):
    """Queryset of passages, by place and position."""

    def get_by_natural_key(self, place: str, position: int) -> Passage:
        return self.get(place=place, position=position)
