"""Shapes of a drawing as plain data: sizes in pixels from the upper left corner, colours as CSS classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Rect:
    """A rectangle; `hatch` is the tone of its hatching, "" for a solid one. A `hollow` one is only
    outlined. The corners have radius `round`."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    hatch: str = ""
    hollow: bool = False
    round: int = 1


@dataclass(frozen=True)
class Text:
    """A line of text that starts, ends or has its middle (`anchor`) at x; `turned` reads upwards."""

    x: float
    y: float
    text: str
    kind: str = ""
    anchor: str = "start"
    turned: bool = False


@dataclass(frozen=True)
class Dot:
    """A disc of radius r."""

    x: float
    y: float
    r: float
    kind: str


@dataclass(frozen=True)
class HalfDisc(Dot):
    """The right half of a disc."""

    @property
    def top(self) -> float:
        return self.y - self.r

    @property
    def bottom(self) -> float:
        return self.y + self.r


@dataclass(frozen=True)
class Line:
    """A line between two points."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True)
class Group:
    """Shapes that lead to one address together, those of `lines` below and of `strokes` above the others; without `url`
    they lead nowhere. `label` is their accessible name."""

    rects: tuple[Rect, ...] = ()
    texts: tuple[Text, ...] = ()
    dots: tuple[Dot, ...] = ()
    lines: tuple[Line, ...] = ()
    halves: tuple[HalfDisc, ...] = ()
    strokes: tuple[Line, ...] = ()
    url: str = ""
    label: str = ""

    def led_to(self, url: str, label: str) -> Group:
        """Return the group as a link."""
        return replace(self, url=url, label=label)


@dataclass(frozen=True)
class Drawing:
    """A drawing of `width` by `height` pixels; `id` is a prefix of the ids in it, `hatches` the tones of hatching."""

    id: str
    width: int
    height: int
    groups: tuple[Group, ...]

    @property
    def hatches(self) -> list[str]:
        """Return the tones of hatching that are used, each once, sorted."""
        return sorted({rect.hatch for group in self.groups for rect in group.rects if rect.hatch})


def moved(groups: Iterable[Group], down: float) -> list[Group]:
    """Return groups further down by a number of pixels."""
    return [
        replace(
            group,
            rects=tuple(replace(rect, y=rect.y + down) for rect in group.rects),
            texts=tuple(replace(text, y=text.y + down) for text in group.texts),
            dots=tuple(replace(dot, y=dot.y + down) for dot in group.dots),
            halves=tuple(replace(half, y=half.y + down) for half in group.halves),
            lines=tuple(replace(line, y1=line.y1 + down, y2=line.y2 + down) for line in group.lines),
            strokes=tuple(replace(line, y1=line.y1 + down, y2=line.y2 + down) for line in group.strokes),
        )
        for group in groups
    ]
