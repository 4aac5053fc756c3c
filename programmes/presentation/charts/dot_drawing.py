"""Drawing of a grid of dots: the area of a dot is its number, which is written from 2 on."""

from math import sqrt

from .data import Chart, ChartRow
from .shapes import Dot, Group, Line, Rect, Text
from .text_width import cut_to_width, text_width

SIZE, PITCH, SMALLEST, LARGEST = 12, 26, 3.5, 11.0
# A dot with a number has room for two digits; more stand on a bar.
NUMBERED = 8.5
LABELS, HEAD = 300, 150


def dot_groups(chart: Chart) -> tuple[list[Group], int, int]:
    """Return the groups of a grid of dots, its width and its height."""
    labels = min(LABELS, max((text_width(row.label, SIZE) for row in chart.rows), default=0)) + 16
    most = max((part.count for row in chart.rows for part in row.parts), default=0)
    pitch = max(PITCH, text_width(f"{most:,}", 11) + 14)
    top = min(HEAD, max((text_width(column.label, SIZE) for column in chart.columns), default=0) + 14)
    end = labels + pitch * len(chart.columns)
    groups = [head(chart, labels, pitch, top, end)]
    for place, row in enumerate(chart.rows):
        groups += row_groups(row, labels, pitch, top + place * PITCH, end, most)
    total = text_width(f"{max((row.count for row in chart.rows), default=0):,}", 13)
    return groups, int(end + max(total, 24) + 12), int(top + PITCH * len(chart.rows)) + 4


def head(chart: Chart, x: float, pitch: float, top: float, end: float) -> Group:
    """Return the names of the columns, which read upwards."""
    texts = [
        Text(x + pitch * (place + 0.5) + 4, top - 6, cut_to_width(column.label, top - 10, SIZE), "small", turned=True)
        for place, column in enumerate(chart.columns)
    ]
    return Group(texts=(*texts, Text(end + 8, top - 6, "All", "number")))


def row_groups(row: ChartRow, x: float, pitch: float, y: float, end: float, most: int) -> list[Group]:
    """Return the groups of a row: its label with its number in all, and a link for each dot."""
    middle = y + PITCH / 2
    number = Text(end + 8, middle + 5, f"{row.count:,}", "number" if row.count else "gap")
    label = Text(0, middle + 4, cut_to_width(row.label, x - 12, SIZE), "small")
    groups = [Group(texts=(label, number), lines=(Line(x, middle, end, middle, "grid"),))]
    if row.count:
        groups[0] = groups[0].led_to(row.url, f"{row.label}: {row.count:,}")
    for place, part in enumerate(row.parts):
        if part.count:
            group = dot_group(part.count, x + pitch * (place + 0.5), middle, most)
            groups.append(group.led_to(part.url, f"{row.label}, {part.label}: {part.count:,}"))
    return groups


def dot_group(count: int, x: float, y: float, most: int) -> Group:
    """Return a dot, with its number from 2 on; with three digits and more a bar."""
    number = (Text(x, y + 4, f"{count:,}", "dot-number", "middle"),) if count > 1 else ()
    if count > 99:
        width = text_width(f"{count:,}", 11) + 8
        return Group((Rect(x - width / 2, y - 9, width, 18, "data", round=9),), number)
    radius = max(LARGEST * sqrt(count / most), NUMBERED if count > 1 else SMALLEST)
    return Group(texts=number, dots=(Dot(x, y, radius, "data"),))
