"""The shapes of the world map, as docs/borders/ drew them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent.parent / "fixtures/borders.json"


@dataclass(frozen=True)
class Borders:
    """A map of `width` by `height`: by alpha-2 code a path of SVG or a circle (x, y, radius); `land` has no code."""

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
