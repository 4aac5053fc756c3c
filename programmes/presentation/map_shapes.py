"""Shapes of the world map, read from the file that docs/borders/ generates."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent.parent / "fixtures/borders.json"


@dataclass(frozen=True)
class Borders:
    """A map of `width` by `height`, with an SVG path or a circle (x, y, radius) by alpha-2 code.

    `land` is the path of the land without a code.
    """

    source: str
    width: int
    height: int
    land: str
    shapes: dict[str, str]
    circles: dict[str, tuple[int, int, int]]


@cache
def borders() -> Borders:
    """Return the shapes; the file is read once."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    width, height = content["viewbox"]
    circles = {code: (x, y, radius) for code, (x, y, radius) in content["circles"].items()}
    return Borders(content["source"], width, height, content["land"], content["shapes"], circles)
