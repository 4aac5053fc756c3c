"""Status bar of a list: the share of each group of statuses among the programmes found, as a thin bar."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..search.list_query import ListQuery
from .status_groups import GROUPS

# Per cent of the bar between two parts.
ROOM = 0.4


@dataclass(frozen=True)
class StatusBarPart:
    """A part of the bar: its tone (CSS class), its place and width in per cent of the bar, and its number in words."""

    kind: str
    x: float
    width: float
    words: str


def status_bar(selection: ListQuery, counts: Mapping[str, int]) -> list[StatusBarPart]:
    """Return the parts of the bar in the order of statuses, those without a programme left out. No query.

    `counts` are the facet counts of the status. They are those of the result only while no status is asked for: else
    the list is empty.
    """
    if "status" in selection.active:
        return []
    numbers = [(group, sum(counts.get(status, 0) for status in group.statuses)) for group in GROUPS]
    total, parts, x = sum(number for _, number in numbers), [], 0.0
    for group, number in numbers:
        if number:
            width = 100 * number / total
            parts.append(StatusBarPart(group.tone, round(x, 2), round(width - ROOM, 2), f"{number:,} {group.words}"))
            x += width
    return parts
