"""Findings of the verification of the catalogue: the result of each kind of check."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """The result of one kind of check: its subject, the number of items checked, and a sentence for each fault."""

    subject: str
    number: int
    faults: list[str]


def compare_counts(subject: str, counts: Iterable[tuple[str, int, int]], origin: str) -> Finding:
    """Return the finding on counts: a label, the number in the catalogue, and the number in its origin, for each."""
    counts = list(counts)
    faults = [f"{what}: {number} in the catalogue, {due} in {origin}" for what, number, due in counts if number != due]
    return Finding(subject, len(counts), faults)
