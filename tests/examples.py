"""Sampling of examples: `make test` tries a part of them, `make soak` all.

This is the one place where it is decided. A test that names thousands of cases (each hostile value in each parameter,
each link of each page), or lets hypothesis make them, gives the number that is tried in full. `make soak` runs every
module that imports this one, or hypothesis, with EXAMPLES=all; so does who repeats a failure of it:

    EXAMPLES=all .venv/bin/pytest tests/test_nonsense.py

The part is the same each time, and each value of a product is in it with some partner.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

ALL = os.environ.get("EXAMPLES") == "all"
# How many of hypothesis' examples are made in a run of `make test`: one in so many.
ONE_IN = 3
Example = TypeVar("Example")


def some(number: int, one_in: int = ONE_IN) -> int:
    """Return how many of so many examples are tried, at least one."""
    return number if ALL else max(1, number // one_in)


def part(examples: Sequence[Example], one_in: int, turn: int = 0) -> list[Example]:
    """Return every `one_in`-th example, and all of them for `make soak`.

    `turn` is where to begin, modulo `one_in`: who calls it with 0, 1, 2, … for a list of other values has tried each
    example with some of them.
    """
    return list(examples if ALL else examples[turn % one_in :: one_in])
