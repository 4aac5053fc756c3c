"""Addresses of the lists that the numbers of a chart count: the list query with other values of some facets."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse

from gvc_catalogue.web.querystring import address

from ...search.list_query import ListQuery


class ChartLinks:
    """Links of a chart. What the list query leaves out (`country=-JP`) stays left out in each of them."""

    def __init__(self, selection: ListQuery) -> None:
        self.selection = replace(selection, sort="")
        self.path = reverse("programmes:list")

    def counts(self, name: str, *path: str) -> bool:
        """Return whether a chart counts a value, given with its broader ones: the choice in its facet is not narrower.

        The number of any other value would be of fewer programmes than the list of that value has.
        """
        chosen, left_out = getattr(self.selection, name), self.selection.excluded_from(name)
        within = not chosen or self.means_all(name) or any(value in chosen for value in path)
        return within and not any(value in left_out for value in path)

    def means_all(self, name: str) -> bool:
        """Return whether several values of a facet mean all of them (`every=topic`)."""
        return name in self.selection.every

    def to(self, **facets: Sequence[str]) -> str:
        """Return the address of the list of the chart's programmes with these values of these facets.

        A value with a leading minus is left out; with no other value the choice in its facet stays.
        """
        changed: dict[str, Any] = {}
        excluded = list(self.selection.excluded)
        for name, values in facets.items():
            excluded += [(name, value[1:]) for value in values if value.startswith("-")]
            old, new = getattr(self.selection, name), [value for value in values if not value.startswith("-")]
            changed[name] = tuple(dict.fromkeys([*old, *new])) if self.means_all(name) or not new else tuple(new)
        return self._address(replace(self.selection, **changed, excluded=tuple(dict.fromkeys(excluded))))

    @property
    def whole(self) -> str:
        """The address of the list of all programmes of the chart."""
        return self._address(self.selection)

    def _address(self, selection: ListQuery) -> str:
        return address(self.path, selection.pairs)
