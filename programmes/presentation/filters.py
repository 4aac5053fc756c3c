"""Filters of the comparison and of the evidence map: validation of their query strings."""

from collections.abc import Iterable

import django_filters

from gvc_catalogue.web.filters import CatalogueFilter, KeysFilter

from ..models import Programme
from ..search.filters import ProgrammeFilter
from .comparison import LEAST, MOST
from .map_axes import COLUMNS, ORDERS, ROWS, MapAxes


def parameter(possible: Iterable[str], what: str) -> django_filters.ChoiceFilter:
    """Return the filter of a parameter with one of these values; `what` names it in the sentence about another."""
    names = list(possible)
    sentence = f"There is no {what} “%(value)s”; possible are {', '.join(names)}."
    return django_filters.ChoiceFilter(
        choices=[(name, name) for name in names], error_messages={"invalid_choice": sentence}
    )


class EvidenceFilter(ProgrammeFilter):
    """Filters of the evidence map: those of the list, its axes, and the sort order of its columns."""

    rows = parameter(ROWS, "axis of rows")
    by = parameter(COLUMNS, "axis of columns")
    columns = parameter(ORDERS, "order of columns")

    def is_valid(self) -> bool:
        """Return whether the values exist and the axes can be crossed."""
        valid = bool(super().is_valid())
        if valid and self.axes.problem:
            self.form.add_error("by", self.axes.problem)
            return False
        return valid

    @property
    def axes(self) -> MapAxes:
        """The axes that are asked for, as far as they exist; only after the values were validated."""
        asked = {name: self.form.cleaned_data.get(name) for name in ("rows", "by", "columns")}
        return MapAxes(**{name: str(value) for name, value in asked.items() if value})


class ComparisonFilter(CatalogueFilter):
    """Filter of the comparison: the countries, at most MOST."""

    country = KeysFilter(noun="country or economy")

    class Meta:
        model = Programme
        fields: list[str] = []

    @property
    def chosen(self) -> list[str]:
        """Return the codes of the countries in the query that exist, each once."""
        return list(dict.fromkeys(self.known()["country"]))

    @property
    def sentences(self) -> list[str]:
        """Return error messages: unknown codes, or too many countries."""
        many = len(self.chosen)
        too_many = f"{many} countries are too many: {LEAST} to {MOST} can stand side by side. Remove {many - MOST}."
        return super().sentences + ([too_many] if many > MOST else [])
