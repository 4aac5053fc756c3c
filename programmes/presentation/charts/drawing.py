"""Drawings of a chart: for a page in two widths, and as an image with title, line below and date."""

from .bar_drawing import bar_groups
from .data import Chart
from .shapes import Drawing, Group, Text, moved
from .text_width import wrap_to_width

# Widths of a chart on a page and as an image, and on a phone, in pixels.
WIDE, NARROW = 640, 288
MARGIN = 20
TITLE, NOTE = 15, 12
LINES = 4
SOURCE = "GVC Policy Catalogue of {}"


def page_drawing(chart: Chart, narrow: bool = False) -> Drawing:
    """Return the drawing of a chart for a page, which says title and note itself."""
    width = NARROW if narrow else WIDE
    groups, height = bar_groups(chart, width, narrow)
    return Drawing(f"chart-{chart.name}{'-narrow' if narrow else ''}", width, height, tuple(groups))


def image_drawing(chart: Chart) -> Drawing:
    """Return the drawing of a chart as an image of its own, in which nothing leads anywhere."""
    groups, height = bar_groups(chart, WIDE, narrow=False)
    heads, top = heading(chart, WIDE)
    foot = Text(0, top + height + 24, SOURCE.format(chart.day), "note")
    return Drawing(f"chart-{chart.name}", WIDE, top + height + 32, (*heads, *moved(groups, top), Group(texts=(foot,))))


def heading(chart: Chart, width: int) -> tuple[list[Group], int]:
    """Return the title, with the filters in words, and the line below it, with the height of both."""
    lines = [(line, "title", 20) for line in wrap_to_width(chart.title, width, TITLE, LINES)]
    lines += [(line, "note", 17) for line in wrap_to_width(chart.note, width, NOTE, 2)]
    y, texts = 0, []
    for line, kind, height in lines:
        y += height
        texts.append(Text(0, y - 5, line, kind))
    return [Group(texts=tuple(texts))], y + 12
