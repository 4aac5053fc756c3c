"""Words asked of the database's own texts; the patterns come from `words`."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from .folding import fold
from .words import EDGE, WORD, Term, spelt

# Nobody types more of a name before it is suggested; a pattern of thousands of letters takes seconds.
LONGEST_BEGINNING = 100

R = TypeVar("R", bound=QuerySet[Any])


def either(paths: Iterable[str], pattern: str) -> Q:
    """Return the condition that the pattern is found in the text at one of the paths."""
    return reduce(or_, (Q(**{f"{path}__regex": pattern}) for path in paths))


def word_beginning(typed: str) -> str:
    """Return a pattern for a word that begins with what is typed so far; "" where nothing is, or too much."""
    folded = fold(typed)
    words = WORD.findall(folded) if len(folded) <= LONGEST_BEGINNING else []
    return f"(^|{EDGE})" + f"{EDGE}+".join(map(spelt, words)) if words else ""


def with_terms(rows: R, terms: Iterable[Term], mentions: Callable[[Term], Q]) -> R:
    """Return the rows with every term and none of the excluded ones; none where there is no term. No query yet.

    `mentions` gives for a term the condition that a row has it.
    """
    found, asked = rows, False
    for term in terms:
        asked = True
        found = found.exclude(mentions(term)) if term.excluded else found.filter(mentions(term))
    return found if asked else rows.none()
