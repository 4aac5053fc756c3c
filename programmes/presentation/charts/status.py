"""Statuses in charts: groups of statuses in their fixed order, each stated or inferred."""

from dataclasses import dataclass, replace

from pyroaring import BitMap

from ...models import Status
from ...models.status import Certainty
from ..status_groups import GROUPS, KNOWN, StatusGroup
from .counted import Counted, Counting
from .data import ChartColumn, ChartPart, ChartRow

CERTAINTIES = tuple(certainty.value for certainty in Certainty)


@dataclass(frozen=True)
class StatusPart:
    """A part of each bar: the programmes with one of `statuses`, and with `certainty` unless that is None.

    `certainty` is a key of Certainty, or "" for programmes of which it is not recorded.
    """

    label: str
    key: str
    kind: str
    statuses: tuple[str, ...]
    certainty: str | None
    members: BitMap

    def of(self, counting: Counting) -> ChartPart:
        """Return the part of the bar of what is counted."""
        asked: dict[str, list[str]] = {"status": list(self.statuses)}
        if self.certainty is not None:
            asked["certainty"] = [self.certainty] if self.certainty else [f"-{key}" for key in CERTAINTIES]
        count = len(self.members & counting.members)
        return ChartPart(self.label, count, counting.link(**asked), self.kind, self.hatched, self.hollow)

    @property
    def hatched(self) -> bool:
        return self.certainty == Certainty.INFERRED

    @property
    def hollow(self) -> bool:
        """Whether the part is only outlined, as it says nothing certain."""
        return self.certainty == ""

    @property
    def column(self) -> ChartColumn:
        """The column of the part in the table behind the chart."""
        return ChartColumn(self.key, self.label, self.kind, self.hatched, self.hollow)


def status_parts(counted: Counted) -> list[StatusPart]:
    """Return the parts of the statuses that some programme of the chart has, the four groups in any case."""
    found = [part for group in GROUPS for part in group_parts(group, counted)]
    return [part for part in found if part.members or not (part.hollow or part.kind == "unchecked")]


def group_parts(group: StatusGroup, counted: Counted) -> list[StatusPart]:
    """Return the parts of a group by certainty; none if the chart counts none of its statuses."""
    statuses = tuple(status for status in group.statuses if counted.links.counts("status", status))
    if not statuses:
        return []
    members, key = counted.members & counted.having("status", statuses), group.words.replace(" ", "_")
    if not group.certain:
        return [StatusPart(group.words, key, group.tone, statuses, None, members)]
    return [
        StatusPart(f"{group.words}, {words}", f"{key}_{name}".strip("_"), group.tone, statuses, name, members & having)
        for name, words, having in certainty_sets(counted)
    ]


def certainty_sets(counted: Counted) -> list[tuple[str, str, BitMap]]:
    """Return key, words and programmes of each certainty that the chart counts; the key "" is of none recorded."""
    names = [name for name in CERTAINTIES if counted.links.counts("certainty", name)]
    sets = [(name, name, counted.having("certainty", [name])) for name in names]
    rest = ("", "certainty not recorded", counted.members - counted.having("certainty", CERTAINTIES))
    return sets if counted.selection.chosen["certainty"] else [*sets, rest]


def stacked(counted: Counted, countings: list[Counting]) -> tuple[list[ChartRow], list[ChartColumn]]:
    """Return a bar for each of what is counted, divided by status, and the columns of the parts."""
    parts = status_parts(counted)
    rows = [
        ChartRow(c.key, c.label, len(c.members), c.link(), c.kind, tuple(part.of(c) for part in parts), c.level)
        for c in countings
    ]
    return rows, [part.column for part in parts]


def status_countings(counted: Counted) -> list[Counting]:
    """Return what is counted by status; *not yet checked* only where there is one."""
    numbers = counted.by("status")
    return [
        counted.value("status", entry.value, entry.label)
        for entry in counted.entries("status")
        if entry.value != Status.NOT_YET_CHECKED or numbers.get(entry.value)
    ]


def by_certainty(counted: Counted, countings: list[Counting]) -> tuple[list[ChartRow], list[ChartColumn]]:
    """Return a bar for each status, divided by certainty, and the columns of the parts."""
    groups = {status: group for group in GROUPS for status in group.statuses}
    parts = [
        StatusPart(words, name or "not_recorded", "data", (), name, set_)
        for name, words, set_ in certainty_sets(counted)
    ]
    rows = []
    for c in countings:
        divided = tuple(replace(part, kind=groups[c.key].tone, statuses=(c.key,)).of(c) for part in parts)
        rows.append(ChartRow(c.key, c.label, len(c.members), c.link(), groups[c.key].tone, divided))
    return rows, [part.column for part in parts]


def known_note(counted: Counted, rows: list[ChartRow]) -> str:
    """Return the line below the title of a chart by status."""
    known = counted.members & counted.having("status", KNOWN)
    return f"{len(known):,} of {len(counted.members):,} known; hatched: inferred"
