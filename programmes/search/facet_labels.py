"""Facet labels: the valid keys of each facet with their labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from recommendations.models import Category, Recommendation

from ..models import Country
from .facet_definitions import DEFINITIONS, FacetLabel, Reference
from .term_tree import TermTree


@dataclass(frozen=True)
class FacetLabels:
    """Facet entries by facet name, in their fixed display order; reference records by key, in their own order.

    Keys are codes of countries and categories, and numbers of recommendations. `tree` is the vocabulary of terms.
    """

    entries: dict[str, list[FacetLabel]]
    countries: dict[str, Country]
    categories: dict[str, Category]
    recommendations: dict[str, Recommendation]
    tree: TermTree

    @classmethod
    def load(cls) -> FacetLabels:
        """Return the labels, read from the database. Five queries."""
        recommendations = {r.number: r for r in Recommendation.objects.with_category()}
        countries = {country.code: country for country in Country.objects.all()}
        categories = {category.code: category for category in Category.objects.all()}
        tree = TermTree.load()
        reference = Reference(countries, categories, recommendations, tree.terms)
        entries = {facet.name: facet.entries(reference) for facet in DEFINITIONS}
        return cls(entries, countries, categories, recommendations, tree)

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """Labels by facet name and key."""
        return {name: {entry.value: entry.label for entry in entries} for name, entries in self.entries.items()}

    def label(self, name: str, value: str) -> str:
        """Return the label of a key, or the key itself if it has no label."""
        return self.labels[name].get(value, value)
