"""Drawing of bars, whole or stacked: labels left of the bars, or above them where there is little room."""

from dataclasses import dataclass, replace

from .data import Chart, ChartColumn, ChartPart, ChartRow
from .shapes import Group, Rect, Text
from .text_width import cut_to_width, text_width

# Font size of labels; height of a bar, gap between its parts, indent of a narrower term. Pixels.
SIZE, BAR, GAP, INDENT = 13, 13, 2, 16
# Height of a row with its label beside the bar, and with its label above.
BESIDE, ABOVE = 24, 42
LEAST = 2.0
# Width of a swatch of the legend.
SWATCH = 26
NONE = "0 no programme recorded"


@dataclass(frozen=True)
class BarLayout:
    """Places of labels and bars: room of labels, x and longest length of bars, height of a row, y of both in it."""

    labels: float
    x: float
    longest: float
    pitch: int
    bar_y: float
    label_y: float

    @classmethod
    def of(cls, chart: Chart, width: int, narrow: bool) -> "BarLayout":
        """Return the layout of a chart in a width; at the end of the longest bar there is room for its number."""
        number = text_width(f"{max((row.count for row in chart.rows), default=0):,}", SIZE) + 12
        zero = text_width(NONE, SIZE) if any(not row.count for row in chart.rows) else 0
        if narrow:
            return cls(width, 0, width - number, ABOVE, 21, 13)
        widest = max((text_width(row.label, SIZE) + INDENT * row.level for row in chart.rows), default=0)
        labels = min(widest, width * 0.55, max(width - zero, width * 0.3))
        return cls(labels, labels + 12, width - labels - 12 - number, BESIDE, 5, 16)


def bar_groups(chart: Chart, width: int, narrow: bool) -> tuple[list[Group], int]:
    """Return the groups of a chart of bars, and its height."""
    layout, most = BarLayout.of(chart, width, narrow), max((row.count for row in chart.rows), default=0)
    groups, top = legend(chart, width)
    for place, row in enumerate(chart.rows):
        groups += row_groups(row, top + place * layout.pitch, layout, layout.longest / max(most, 1))
    return groups, top + len(chart.rows) * layout.pitch


def row_groups(row: ChartRow, y: float, layout: BarLayout, scale: float) -> list[Group]:
    """Return the groups of a row: one link of label, bar and number, or with parts one more link for each of them."""
    indent = INDENT * row.level
    label = cut_to_width(row.label, layout.labels - indent, SIZE)
    tone = row.kind if row.kind.startswith("category") else "label"
    texts = [Text(indent, y + layout.label_y, label, tone)]
    if not row.count:
        texts.append(Text(layout.x, y + layout.bar_y + 11, NONE, "gap"))
        return [Group(texts=tuple(texts))]
    bars = part_groups(row, y, layout, scale) if row.parts else [bar_group(row, y, layout, scale)]
    last = bars[-1].rects[-1]
    texts.append(Text(last.x + last.width + 8, y + layout.bar_y + 11, f"{row.count:,}", "number"))
    name = f"{row.label}: {in_words(row.count)}"
    if row.parts:
        return [Group(texts=tuple(texts)).led_to(row.url, name), *bars]
    return [Group(bars[0].rects, tuple(texts)).led_to(row.url, name)]


def in_words(count: int) -> str:
    """Return a number of programmes in words."""
    return f"{count:,} programme{'' if count == 1 else 's'}"


def bar_group(row: ChartRow, y: float, layout: BarLayout, scale: float) -> Group:
    """Return the bar of a row without parts."""
    return Group((Rect(layout.x, y + layout.bar_y, max(row.count * scale, LEAST), BAR, row.kind),))


def part_groups(row: ChartRow, y: float, layout: BarLayout, scale: float) -> list[Group]:
    """Return the parts of a bar, each a link; parts without a programme are left out."""
    x, groups = layout.x, []
    for part in row.parts:
        if part.count:
            width = max(part.count * scale - GAP, LEAST)
            groups.append(part_group(part, Rect(x, y + layout.bar_y, width, BAR, part.kind), row.label))
            x += width + GAP
    return groups


def part_group(part: ChartPart, rect: Rect, of: str) -> Group:
    """Return a part of a bar as a link that says what it counts of which row."""
    return Group((looking_like(part, rect),)).led_to(part.url, f"{of}, {part.label}: {in_words(part.count)}")


def looking_like(part: ChartPart | ChartColumn, rect: Rect) -> Rect:
    """Return a rectangle with the look of a part: solid, hatched, or outlined only."""
    if part.hatched:
        return replace(rect, kind=f"{part.kind}-edge", hatch=part.kind)
    return replace(rect, kind=f"{part.kind}-edge", hollow=True) if part.hollow else replace(rect, kind=part.kind)


def legend(chart: Chart, width: int) -> tuple[list[Group], int]:
    """Return the legend of a chart whose bars are divided, and its height: a swatch and a label for each part."""
    x, y, groups = 0.0, 0, []
    for column in chart.columns:
        needed = SWATCH + 6 + text_width(column.label, 12) + 14
        if x and x + needed > width:
            x, y = 0.0, y + 20
        swatch = looking_like(column, Rect(x + 1, y + 1, SWATCH - 2, 11, column.kind))
        groups.append(Group((swatch,), (Text(x + SWATCH + 6, y + 11, column.label, "note"),)))
        x += needed
    return groups, y + 28 if chart.columns else 0
