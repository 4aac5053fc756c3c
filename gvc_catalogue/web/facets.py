"""Facets as plain data; templates only loop over them."""

from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict


class FacetValue(TypedDict):
    """A value that a list can be narrowed by. `count` is what choosing it alone in its facet gives."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Choice:
    """One value of a facet. `count` is what choosing it alone in its facet gives; `url` leads there."""

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
        """Whether choosing it would give nothing; a chosen one stays removable."""
        return not self.count and not self.selected

    def as_json(self) -> FacetValue:
        return {"value": self.value, "label": self.label, "count": self.count, "selected": self.selected}


@dataclass(frozen=True)
class Facet:
    """What can be chosen by: `name` is its parameter in the address, `choices` stand in a fixed order.

    Of many choices only the first may be here: then `hidden` says how many more there are, and `whole_url` leads to
    them; `looked_for` is what the reader looks for among them.
    """

    name: str
    label: str
    choices: list[Choice]
    hidden: int = 0
    whole_url: str = ""
    looked_for: str = ""

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.selected]

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """Its choices under the headings that they stand under; one heading "" where there are none."""
        return [(heading, list(choices)) for heading, choices in groupby(self.choices, key=lambda c: c.group)]

    @property
    def grouped(self) -> bool:
        """Whether its choices stand under headings; such a long facet is folded until something in it is chosen."""
        return any(choice.group for choice in self.choices)

    def as_json(self) -> list[FacetValue]:
        """Every value with a count above 0 or chosen."""
        return [choice.as_json() for choice in self.choices if not choice.disabled]


@dataclass(frozen=True)
class Chip:
    """One filter that is on; `url` is the list without it."""

    label: str
    value: str
    url: str


def percentage(count: int, largest: int) -> int:
    """Return the length of a bar in percent of the longest; anything above nothing is seen."""
    return max(2, round(100 * count / largest)) if count else 0
