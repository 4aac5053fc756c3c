"""Drawings of a chart: for a page in two widths, and as an image with title, line below and date."""

from .bar_drawing import bar_groups
from .catalogue import DOTS, TIMELINE
from .data import Chart
from .dot_drawing import dot_groups
from .shapes import Drawing, Group, Text, moved
from .text_width import wrap_to_width
from .timeline_drawing import timeline_groups

# Widths of a chart on a page and as an image, and on a phone, in pixels.
WIDE, NARROW = 640, 288
# Width of a timeline, which has texts on both sides.
WIDEST = 960
MARGIN = 20
TITLE, NOTE = 15, 12
LINES = 4
SOURCE = "GVC Policy Catalogue of {}"


def page_drawing(chart: Chart) -> Drawing:
    """Return the drawing of a chart for a page, which says title and note itself."""
    groups, width, height = drawn(chart)
    return Drawing(f"chart-{chart.name}", width, height, tuple(groups))


def narrow_drawing(chart: Chart) -> Drawing | None:
    """Return the drawing of a chart for a page on a phone; None for a grid of dots, which has no narrow form."""
    if chart.name == DOTS:
        return None
    groups, height = (timeline_groups if chart.name == TIMELINE else bar_groups)(chart, NARROW, narrow=True)
    return Drawing(f"chart-{chart.name}-narrow", NARROW, height, tuple(groups))


def image_drawing(chart: Chart) -> Drawing:
    """Return the drawing of a chart as an image of its own, in which nothing leads anywhere."""
    groups, width, height = drawn(chart)
    heads, top = heading(chart, width)
    for line in wrap_to_width(without_year(chart), width, NOTE, LINES):
        height += 18
        groups.append(Group(texts=(Text(0, height, line, "note"),)))
    foot = Text(0, top + height + 24, SOURCE.format(chart.day), "note")
    return Drawing(f"chart-{chart.name}", width, top + height + 32, (*heads, *moved(groups, top), Group(texts=(foot,))))


def without_year(chart: Chart) -> str:
    """Return the names of the programmes that a timeline has no year of; "" for none."""
    names = ", ".join(event.name for event in chart.undated)
    return f"Without a year: {names}" if names else ""


def drawn(chart: Chart) -> tuple[list[Group], int, int]:
    """Return the groups of a chart where there is room, with width and height."""
    if chart.name == DOTS:
        return dot_groups(chart)
    width = WIDEST if chart.name == TIMELINE else WIDE
    groups, height = (timeline_groups if chart.name == TIMELINE else bar_groups)(chart, width, narrow=False)
    return groups, width, height


def heading(chart: Chart, width: int) -> tuple[list[Group], int]:
    """Return the title, with the filters in words, and the line below it, with the height of both."""
    lines = [(line, "title", 20) for line in wrap_to_width(chart.title, width, TITLE, LINES)]
    lines += [(line, "note", 17) for line in wrap_to_width(chart.note, width, NOTE, 2)]
    y, texts = 0, []
    for line, kind, height in lines:
        y += height
        texts.append(Text(0, y - 5, line, kind))
    return [Group(texts=tuple(texts))], y + 12
