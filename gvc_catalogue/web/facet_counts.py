"""Facet counts by dependency injection: the number of programmes of each facet value.

The views of `recommendations` get a counting function as an option of their routes (gvc_catalogue/urls.py), so that
they need not import `programmes`, a package of a higher layer (dependency inversion).
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Value, When


class FacetCount(NamedTuple):
    """A facet value: its label and its number of programmes."""

    label: str
    number: int


# Counts by facet and value, in display order.
FacetCounts = Mapping[str, Mapping[str, FacetCount]]
CountFacets = Callable[[], FacetCounts]


def number_of(counts: Mapping[str, FacetCount], field: str) -> Any:
    """Return an ORM expression (CASE) for the count of the facet value in a field of each row; 0 for other values.

    The counts are literals of the SQL, so that no query counts a million programmes for a page.
    """
    cases = [When(**{field: value}, then=Value(count.number)) for value, count in counts.items()]
    return Case(*cases, default=Value(0), output_field=IntegerField())
