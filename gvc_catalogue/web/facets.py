"""Facets of a faceted search as plain data for templates and the API."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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

    In a facet of which every value is asked for it is the number if it is added. `url` is the address of that list;
    `share` is the length of its bar in percent. `name` is the parameter of its facet. A value can be `excluded`;
    `leave_out_url` is the address of the list without it, "" where that changes nothing. A value that is `constant` is
    listed with a count of 0 too.

    A broader term has its `narrower` ones, `opened` where they stand below it without being asked for. `narrow_url` is
    the address of the list of a narrower term in place of the chosen broader one that includes it.
    """

    value: str
    label: str
    count: int
    selected: bool
    url: str
    share: int
    name: str = ""
    noun: str = "programmes"
    excluded: bool = False
    leave_out_url: str = ""
    constant: bool = False
    narrower: tuple["Choice", ...] = ()
    opened: bool = False
    narrow_url: str = ""

    @property
    def disabled(self) -> bool:
        """Whether selecting it would give no results; a value that is asked for or excluded can always be removed."""
        return not (self.count or self.asked)

    @property
    def asked(self) -> bool:
        return self.selected or self.excluded

    @property
    def listed(self) -> bool:
        """Whether data has it: with a count above 0, asked for, or constant."""
        return self.constant or not self.disabled

    @property
    def asked_within(self) -> bool:
        """Whether it or one of its narrower terms is asked for or excluded."""
        return self.asked or any(choice.asked_within for choice in self.narrower)

    def as_json(self) -> FacetValue:
        return {"value": self.value, "label": self.label, "count": self.count, "selected": self.selected}


@dataclass(frozen=True)
class Facet:
    """A facet: `name` is its query parameter, `choices` are in the order in which they are shown.

    On a page some `choices` are shown at first and `more` on demand. A facet of very many values has only some of them:
    `hidden` is the number of the others, `whole_url` the address that shows all, `looked_for` the text by which the
    reader filters them. A `folded` facet is collapsed at first; one that is not `on_page` has hidden
    fields for what is asked of it. Where its values can stand together, `any_url` and
    `all_url` are the addresses of the list of programmes with any and with all of the chosen ones, `every` which holds.
    """

    name: str
    label: str
    choices: list[Choice]
    more: tuple[Choice, ...] = ()
    hidden: int = 0
    whole_url: str = ""
    looked_for: str = ""
    folded: bool = False
    on_page: bool = True
    every: bool = False
    any_url: str = ""
    all_url: str = ""

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self._all if choice.selected]

    @property
    def left_out(self) -> list[Choice]:
        return [choice for choice in self._all if choice.excluded]

    @property
    def number(self) -> int:
        """The number of its values with results."""
        return len([choice for choice in self._all if choice.count])

    @property
    def _all(self) -> list[Choice]:
        return list(with_narrower((*self.choices, *self.more)))

    def as_json(self) -> list[FacetValue]:
        """Return every value with a count above 0, every selected or excluded one and every constant one, in order."""
        return [choice.as_json() for choice in self.choices if choice.listed]


def with_narrower(choices: Iterable[Choice]) -> Iterator[Choice]:
    """Yield choices, each followed by its narrower ones."""
    for choice in choices:
        yield choice
        yield from with_narrower(choice.narrower)


@dataclass(frozen=True)
class Chip:
    """One active filter; `url` is the address of the list without it."""

    label: str
    value: str
    url: str


def percentage(count: int, largest: int) -> int:
    """Return the length of a bar in percent of the longest: 0 for a count of 0, else at least 2, to be visible."""
    return max(2, round(100 * count / largest)) if count else 0
