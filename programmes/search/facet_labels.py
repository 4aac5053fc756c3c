"""The keys that a list can be narrowed by, with the words for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from recommendations.models import Category, Recommendation

from ..models import Country
from .facet_definitions import DEFINITIONS, FacetLabel, Reference


@dataclass(frozen=True)
class FacetLabels:
    """For each facet its entries, in the order in which they are always shown; and what their keys stand for."""

    entries: dict[str, list[FacetLabel]]
    countries: dict[str, Country]
    recommendations: dict[str, Recommendation]

    @classmethod
    def load(cls) -> FacetLabels:
        """Read it from the database: three queries."""
        recommendations = {r.number: r for r in Recommendation.objects.with_category()}
        countries = {country.code: country for country in Country.objects.all()}
        reference = Reference(countries, {c.code: c for c in Category.objects.all()}, recommendations)
        return cls({facet.name: facet.entries(reference) for facet in DEFINITIONS}, countries, recommendations)

    @cached_property
    def categories(self) -> dict[str, Category]:
        """The categories by code, in the order of the statement."""
        return {r.category.code: r.category for r in self.recommendations.values()}

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """For each facet the words for each key."""
        return {name: {entry.value: entry.label for entry in entries} for name, entries in self.entries.items()}

    def label(self, name: str, value: str) -> str:
        """Return the words for a key; the key itself where there are none."""
        return self.labels[name].get(value, value)
