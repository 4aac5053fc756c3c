"""Facet labels: the valid keys of each facet with their labels."""

from __future__ import annotations

from collections.abc import Collection
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
        """Labels by facet name and key, of the keys of the catalogue."""
        return {name: {entry.value: entry.label for entry in entries} for name, entries in self.entries.items()}

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        """Labels by facet name and key, of all valid keys: those of the catalogue and those without a record."""
        return {facet.name: {**facet.without_record(), **self.labels[facet.name]} for facet in DEFINITIONS}

    def label(self, name: str, value: str) -> str:
        """Return the label of a key, or the key itself if it has no label."""
        return self.known[name].get(value, value)

    def listed(self, name: str, chosen: Collection[str]) -> list[FacetLabel]:
        """Return the entries of a facet, then the chosen keys without a record."""
        further = [key for key in chosen if key not in self.labels[name] and key in self.known[name]]
        return [*self.entries[name], *(FacetLabel(key, self.label(name, key)) for key in further)]
