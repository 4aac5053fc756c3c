"""Values of an axis of the evidence map under the filters of the list, in their order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from gvc_catalogue.text.folding import fold
from gvc_catalogue.web.querystring import Pairs
from recommendations.models import Category, Part

from ..search.facet_choices import ListView
from ..search.facet_definitions import DEFINITIONS, NO_COUNTRY, FacetLabel
from .map_axes import AXES

HIERARCHICAL = {facet.name for facet in DEFINITIONS if facet.hierarchical}
# The axes with a value for programmes without a country, which are those without a region.
WITH_NONE = ("country", "region")
# Sorts behind all values of the same broader term.
LAST = (float("inf"), "", 0)
Place = tuple[float, str, int]


@dataclass(frozen=True)
class AxisValue:
    """A row or a column: a facet value with its label, and the parameters of the list that ask for it.

    `key` is unique on its axis, `url` its own page, `depth` the number of broader terms that are shown, `category` that
    of a recommendation or category, `region` that of a country. `rest_of` is the label of a term, for the programmes
    with that term and none of its narrower ones.
    """

    key: str
    label: str
    choice: Pairs
    url: str = ""
    depth: int = 0
    category: Category | None = None
    region: str = ""
    rest_of: str = ""

    @property
    def name(self) -> str:
        """The label that can stand alone: "Financial support: form not said"."""
        return f"{self.rest_of}: {self.label}" if self.rest_of else self.label

    @property
    def title(self) -> str:
        """The label without the key that it begins with: the short title of a recommendation."""
        return self.label.removeprefix(f"{self.key} ")

    @property
    def is_derived(self) -> bool:
        """Whether it is no value of the facet: the rest of a term, or "No country"."""
        return len(self.choice) > 1 or self.key == NO_COUNTRY


@dataclass(frozen=True)
class FacetChoices:
    """The values of one facet that a query string chooses and excludes; `every` if it asks for all chosen ones."""

    chosen: tuple[str, ...]
    excluded: tuple[str, ...]
    every: bool

    @classmethod
    def of(cls, view: ListView, facet: str) -> "FacetChoices":
        """Return the choices of a facet in the query string of a list."""
        pairs = view.selection.pairs
        values = [value for name, value in pairs if name == facet]
        chosen = tuple(value for value in values if not value.startswith("-"))
        excluded = tuple(value.removeprefix("-") for value in values if value.startswith("-"))
        return cls(chosen, excluded, ("every", facet) in pairs)

    def allow(self, *path: str) -> bool:
        """Return whether a value is within the choices; `path` are its key and those of its broader terms.

        A value outside of them is not shown: the list that asks for it has other programmes than those counted.
        """
        if any(value in self.excluded for value in path):
            return False
        return self.every or not self.chosen or any(value in self.chosen for value in path)


@dataclass(frozen=True)
class AxisReader:
    """Reader of the values of an axis; `count` returns the number of programmes that have what parameters ask for."""

    facet: str
    view: ListView
    count: Callable[[Pairs], int]

    def values(self, order: str) -> list[AxisValue]:
        """Return the values in one of ORDERS: a term before its narrower ones, "No country" last. No query."""
        shown = [self._value(entry) for entry in self.view.entries(self.facet) if self._is_shown(entry.value)]
        places = {value.key: self._place(value, number, order) for number, value in enumerate(shown)}
        found: list[tuple[list[Place], AxisValue]] = []
        for value in shown:
            path = [places[key] for key in reversed(self._path(value.key)) if key in places]
            found.append((path, replace(value, depth=len(path) - 1)))
            found += [([*path, LAST], rest) for rest in self._rest(value, len(path))]
        return [value for _, value in sorted(found, key=lambda pair: pair[0])] + self._none()

    @cached_property
    def _choices(self) -> FacetChoices:
        return FacetChoices.of(self.view, self.facet)

    @cached_property
    def _regions(self) -> FacetChoices:
        return FacetChoices.of(self.view, "region")

    @cached_property
    def _categories(self) -> FacetChoices:
        return FacetChoices.of(self.view, "category")

    @cached_property
    def _profile(self) -> str:
        return reverse("countries:detail", args=["CODE"])

    def _is_shown(self, key: str) -> bool:
        """Whether a key is within the filters and, of recommendations and categories, of part ii, as the annex is."""
        vocabulary = self.view.vocabulary
        if key == NO_COUNTRY or not self._choices.allow(*self._path(key)):
            return False
        if self.facet == "category":
            return vocabulary.categories[key].part == Part.SECOND
        if self.facet == "recommendation":
            recommendation = vocabulary.recommendations[key]
            return recommendation.in_part_ii and self._categories.allow(recommendation.category.code)
        if self.facet == "country":
            country = vocabulary.countries.get(key)
            return self._regions.allow(country.region) if country else not self._regions.chosen
        return True

    def _path(self, key: str) -> tuple[str, ...]:
        return self.view.vocabulary.tree.paths.get(key, (key,)) if self.facet in HIERARCHICAL else (key,)

    def _value(self, entry: FacetLabel) -> AxisValue:
        vocabulary, key = self.view.vocabulary, entry.value
        value = AxisValue(key, entry.label, ((self.facet, key),))
        if self.facet == "recommendation":
            recommendation = vocabulary.recommendations[key]
            return replace(value, url=recommendation.get_absolute_url(), category=recommendation.category)
        if self.facet == "category":
            category = vocabulary.categories[key]
            return replace(value, url=category.get_absolute_url(), category=category)
        if self.facet == "country" and (country := vocabulary.countries.get(key)):
            # Not get_absolute_url(): there are hundreds.
            url = self._profile.replace("CODE", key)
            return replace(value, url=url, region=country.get_region_display())
        if self.facet in HIERARCHICAL:
            return replace(value, url=vocabulary.tree.terms[key].get_absolute_url())
        return value

    def _place(self, value: AxisValue, number: int, order: str) -> Place:
        """Return the sort key of a value among those of the same broader term; `number` is its place in the facet."""
        if AXES[self.facet].fixed:
            return (0, "", number)
        if order == "number":
            return (-self.count(value.choice), "", number)
        return (0, value.region if order == "region" else fold(value.label), number)

    def _rest(self, value: AxisValue, depth: int) -> list[AxisValue]:
        """Return the programmes that have a term and none of its narrower ones, as a value, where there are any."""
        tree = self.view.vocabulary.tree
        narrower = tree.narrower(tree.terms[value.key]) if self.facet in HIERARCHICAL else []
        choice = (*value.choice, *((self.facet, f"-{term.key}") for term in narrower))
        rest = AxisValue(f"{value.key} alone", AXES[self.facet].rest, choice, depth=depth, rest_of=value.label)
        return [rest] if narrower and self.count(choice) else []

    def _none(self) -> list[AxisValue]:
        """Return the programmes without a country or region, as a value, unless the filters leave them out."""
        countries = FacetChoices.of(self.view, "country")
        shown = self.facet in WITH_NONE and countries.allow(NO_COUNTRY) and not self._regions.chosen
        return [AxisValue(NO_COUNTRY, "No country", (("country", NO_COUNTRY),))] if shown else []
