"""How many programmes have each value of each facet: asked of the floor that counts them, by floors below it.

`settings.TALLIES` names the function that tells, as Django's settings name what a lower floor must not import.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, IntegerField, Value, When
from django.utils.module_loading import import_string


class Tally(NamedTuple):
    """A value of a facet: its label, and how many programmes have it."""

    label: str
    number: int


Tallies = dict[str, dict[str, Tally]]


def tallies() -> Tallies:
    """Return for each facet its values, in the order in which they are always shown."""
    tell: Callable[[], Tallies] = import_string(settings.TALLIES)
    return tell()


def number_of(facet: str, field: str) -> Any:
    """Return an expression: how many programmes have the value of a facet that stands in `field` of each row.

    It holds the numbers themselves, so that no query counts a million programmes for a page.
    """
    cases = [When(**{field: value}, then=Value(tally.number)) for value, tally in tallies()[facet].items()]
    return Case(*cases, default=Value(0), output_field=IntegerField())
