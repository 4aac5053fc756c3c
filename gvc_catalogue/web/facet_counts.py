"""Facet counts as an argument: the number of programmes of each facet value, for packages that know no programme.

The views of `recommendations` take a function that counts as an option of their routes (gvc_catalogue/urls.py), so
that they need not import what stands above them (dependency inversion).
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Value, When


class FacetCount(NamedTuple):
    """A facet value: its label and its number of programmes."""

    label: str
    number: int


# By facet and value, in the order in which they are always shown.
FacetCounts = Mapping[str, Mapping[str, FacetCount]]
CountFacets = Callable[[], FacetCounts]


def number_of(counts: Mapping[str, FacetCount], field: str) -> Any:
    """Return an expression for the count of the facet value that stands in a field of each row.

    It holds the numbers themselves, so that no query counts a million programmes for a page.
    """
    cases = [When(**{field: value}, then=Value(count.number)) for value, count in counts.items()]
    return Case(*cases, default=Value(0), output_field=IntegerField())
