"""Facets of a faceted search as plain data for templates and the API."""

from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict


class FacetValue(TypedDict):
    """A facet value that filters a list. `count` is the number of results if it alone is selected in its facet."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Choice:
    """One facet value on a page. `count` is the number of results if it alone is selected in its facet.

    `url` is the address of that list; `share` is the length of its bar in percent; `group` is its heading.
    """

    value: str
    label: str
    count: int
    selected: bool
    url: str
    share: int
    group: str = ""
    noun: str = "programmes"

    @property
    def disabled(self) -> bool:
        """Whether selecting it would give no results; a selected value is never disabled, so it can be removed."""
        return not self.count and not self.selected

    def as_json(self) -> FacetValue:
        return {"value": self.value, "label": self.label, "count": self.count, "selected": self.selected}


@dataclass(frozen=True)
class Facet:
    """A facet: `name` is its query parameter, `choices` are in a fixed order.

    A long list of choices may be cut: `hidden` is the number of those left out, `whole_url` is the address that shows
    all. `looked_for` is the text by which the reader filters the choices. A `folded` facet is collapsed at first.
    """

    name: str
    label: str
    choices: list[Choice]
    hidden: int = 0
    whole_url: str = ""
    looked_for: str = ""
    folded: bool = False

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.selected]

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """Return its choices grouped by consecutive heading, in order; one group "" where there are no headings."""
        return [(heading, list(choices)) for heading, choices in groupby(self.choices, key=lambda c: c.group)]

    @property
    def closed(self) -> bool:
        """Whether it is collapsed until one of its values is selected: if `folded`, or if its choices have headings."""
        return self.folded or any(choice.group for choice in self.choices)

    def as_json(self) -> list[FacetValue]:
        """Return every value with a count above 0 and every selected one, in order."""
        return [choice.as_json() for choice in self.choices if not choice.disabled]


@dataclass(frozen=True)
class Chip:
    """One active filter; `url` is the address of the list without it."""

    label: str
    value: str
    url: str


def percentage(count: int, largest: int) -> int:
    """Return the length of a bar in percent of the longest: 0 for a count of 0, else at least 2, to be visible."""
    return max(2, round(100 * count / largest)) if count else 0
