"""Addresses of the lists that the numbers of a chart count: the list query with other values of some facets."""

from collections.abc import Sequence

from django.urls import reverse

from gvc_catalogue.web.querystring import Pairs, address, with_removed, with_replaced

from ...search.list_query import ListQuery


class ChartLinks:
    """Links of a chart. What the list query leaves out (`country=-JP`) stays left out in each of them."""

    def __init__(self, selection: ListQuery) -> None:
        self.pairs: Pairs = with_removed(selection.pairs, "sort")
        self.path = reverse("programmes:list")

    def values(self, name: str) -> list[str]:
        """Return all values of a parameter, those with a leading minus too."""
        return [value for parameter, value in self.pairs if parameter == name]

    def chosen(self, name: str) -> list[str]:
        """Return the chosen values of a facet."""
        return [value for value in self.values(name) if not value.startswith("-")]

    def left_out(self, name: str) -> list[str]:
        """Return the excluded values of a facet, without their minus."""
        return [value[1:] for value in self.values(name) if value.startswith("-")]

    def means_all(self, name: str) -> bool:
        """Return whether several values of a facet mean all of them (`every=topic`)."""
        return name in self.values("every")

    def counts(self, name: str, *path: str) -> bool:
        """Return whether a chart counts a value, given with its broader ones: the choice in its facet is not narrower.

        The number of any other value would be of fewer programmes than the list of that value has.
        """
        chosen = self.chosen(name)
        within = not chosen or self.means_all(name) or any(value in chosen for value in path)
        return within and not any(value in self.left_out(name) for value in path)

    def to(self, **facets: Sequence[str]) -> str:
        """Return the address of the list of the chart's programmes with these values of these facets."""
        pairs = self.pairs
        for name, values in facets.items():
            old = self.values(name)
            kept = old if self.means_all(name) else [value for value in old if value.startswith("-")]
            pairs = with_replaced(pairs, name, dict.fromkeys([*kept, *values]))
        return address(self.path, pairs)

    def without(self, name: str, values: Sequence[str]) -> str:
        """Return the address of the list of the chart's programmes that have none of these values of a facet."""
        return address(self.path, (*self.pairs, *((name, f"-{value}") for value in values)))

    @property
    def whole(self) -> str:
        """The address of the list of all programmes of the chart."""
        return address(self.path, self.pairs)
