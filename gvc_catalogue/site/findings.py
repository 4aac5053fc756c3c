"""Findings of the verification of the catalogue: the result of each kind of check."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """The result of one kind of check: its subject, the number of items checked, and a sentence for each fault.

    `differences` are sentences on what curators may have changed since: it differs from its origin and is no fault.
    """

    subject: str
    number: int
    faults: list[str]
    differences: list[str] = field(default_factory=list)


def compare_counts(subject: str, counts: Iterable[tuple[str, int, int]], origin: str) -> Finding:
    """Return the finding on counts: a label, the number in the catalogue, and the number in its origin, for each."""
    counts = list(counts)
    return Finding(subject, len(counts), _others(counts, origin))


def count_differences(subject: str, counts: Iterable[tuple[str, int, int]], origin: str) -> Finding:
    """Return the finding on counts that curators may change: another number is a difference and no fault."""
    counts = list(counts)
    return Finding(subject, len(counts), [], _others(counts, origin))


def _others(counts: list[tuple[str, int, int]], origin: str) -> list[str]:
    return [f"{what}: {number} in the catalogue, {due} in {origin}" for what, number, due in counts if number != due]
