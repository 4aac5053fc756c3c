"""Words asked of the database's own texts; the patterns come from `words`."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from .words import Term

R = TypeVar("R", bound=QuerySet[Any])


def either(paths: Iterable[str], pattern: str) -> Q:
    """Return the condition that the pattern is found in the text at one of the paths."""
    return reduce(or_, (Q(**{f"{path}__regex": pattern}) for path in paths))


def with_terms(rows: R, terms: Iterable[Term], mentions: Callable[[Term], Q]) -> R:
    """Return the rows with every term and none of the excluded ones; none where there is no term. No query yet.

    `mentions` gives for a term the condition that a row has it.
    """
    found, asked = rows, False
    for term in terms:
        asked = True
        found = found.exclude(mentions(term)) if term.excluded else found.filter(mentions(term))
    return found if asked else rows.none()
