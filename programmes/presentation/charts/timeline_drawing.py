"""Drawing of a timeline: a line for each programme, from June 2007 to the year of its end, with a mark by status."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from ...models import Status
from .data import Chart, TimelineEvent
from .shapes import Dot, Group, HalfDisc, Line, Text
from .text_width import cut_to_width

SIZE, MARK = 12, 5
# Place of June 2007 on the axis, and the years that it has at least.
STATEMENT, FIRST, LAST = 2007 + 5 / 12, 2006, 2024
ISSUED = "June 2007: the statement"
# Heights of the head, of a row, and of a row with its texts above the line.
HEAD, BESIDE, ABOVE = 46, 24, 54
CODES, NAMES, LABELS = 34, 290, 300


@dataclass(frozen=True)
class Axis:
    """The axis of years: x of its start and its length in pixels, its first and last year."""

    x: float
    length: float
    first: int
    last: int

    def at(self, year: float) -> float:
        """Return the x of a moment; 2007.5 is the middle of 2007."""
        return self.x + (year - self.first) * self.length / (self.last + 1 - self.first)

    def ticks(self, most: int) -> Iterator[int]:
        """Yield at most `most` years, in equal steps."""
        yield from range(self.first, self.last + 1, ceil((self.last + 1 - self.first) / most))


def timeline_groups(chart: Chart, width: int, narrow: bool) -> tuple[list[Group], int]:
    """Return the groups of a timeline, and its height."""
    years = [event.year for event in chart.events if event.year]
    start, length = (0.0, float(width)) if narrow else (CODES + NAMES + 10.0, width - CODES - NAMES - LABELS - 20.0)
    axis = Axis(start, length, min([FIRST, *years]), max([LAST, *years]))
    pitch = ABOVE if narrow else BESIDE
    bottom = HEAD + len(chart.events) * pitch
    groups = [head(axis, bottom, 4 if narrow else 10)]
    for place, event in enumerate(chart.events):
        y = HEAD + place * pitch
        groups.append(narrow_row(event, axis, y, width) if narrow else wide_row(event, axis, y, width))
    return groups, bottom + 4


def head(axis: Axis, bottom: float, most: int) -> Group:
    """Return the years of the axis, and the line of June 2007."""
    x = axis.at(STATEMENT)
    ticks = tuple(Text(axis.at(year + 0.5), 12, str(year), "note", "middle") for year in axis.ticks(most))
    issued = Text(x + 5, 32, ISSUED, "mark-words")
    return Group(texts=(*ticks, issued), lines=(Line(x, 20, x, bottom, "axis"),))


def wide_row(event: TimelineEvent, axis: Axis, y: float, width: int) -> Group:
    """Return the row of a programme: its countries and name, its line, and what became of it right of the mark."""
    x = axis.at((event.year or axis.last) + 0.5)
    label = cut_to_width(words(event), width - x - 12, SIZE)
    texts = (
        Text(0, y + 16, codes(event), "note"),
        Text(CODES, y + 16, cut_to_width(event.name, NAMES, SIZE), "small"),
        Text(max(x, axis.at(STATEMENT)) + 12, y + 16, label, "small"),
    )
    return with_mark(event, axis, x, y + 12, texts)


def narrow_row(event: TimelineEvent, axis: Axis, y: float, width: int) -> Group:
    """Return the row of a programme with name and words above its line."""
    x = axis.at((event.year or axis.last) + 0.5)
    texts = (
        Text(0, y + 12, cut_to_width(f"{codes(event)} {event.name}", width, SIZE), "small"),
        Text(0, y + 27, cut_to_width(words(event), width, SIZE), "note"),
    )
    return with_mark(event, axis, x, y + 39, texts)


def with_mark(event: TimelineEvent, axis: Axis, x: float, y: float, texts: tuple[Text, ...]) -> Group:
    """Return the texts of a row with the line from June 2007 to the mark: half a disc, or a ring with a stroke."""
    kind = "span-inferred" if event.inferred else "span"
    span, ring = Line(axis.at(STATEMENT), y, x, y, kind), Dot(x, y, MARK, "mark")
    ended = event.status == Status.ENDED
    stroke = (Line(x - 3.5, y + 3.5, x + 3.5, y - 3.5, "stroke"),) if ended else ()
    halves = () if ended else (HalfDisc(x, y, MARK, "changed"),)
    group = Group(texts=texts, dots=(ring,), lines=(span,), halves=halves, strokes=stroke)
    return group.led_to(event.url, f"{event.name}: {words(event)}")


def words(event: TimelineEvent) -> str:
    """Return what became of a programme; what is inferred is said to be."""
    return f"{event.words} · inferred" if event.inferred else event.words


def codes(event: TimelineEvent) -> str:
    """Return the country of a programme, of several the first with a plus sign, a dash for none."""
    return f"{event.countries[0]}{'+' * (len(event.countries) > 1)}" if event.countries else "–"
