"""World map (choropleth): countries shaded by their number of programmes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, log
from typing import Any

from ..models import Country
from .map_shapes import borders

# Shades from few programmes to many; a country without any is only outlined.
SHADES = 5


@dataclass(frozen=True)
class WorldMap:
    """A map of `width` by `height`: `land` outside the catalogue's countries, and the countries, each with its link."""

    width: int
    height: int
    land: str
    shapes: list[dict[str, Any]]
    circles: list[dict[str, Any]]
    source: str


def drawn(countries: Mapping[str, Country], numbers: Mapping[str, int]) -> WorldMap:
    """Return the map of the catalogue's countries, shaded by their numbers of programmes. No query."""
    world, most = borders(), max(numbers.values(), default=0)

    def country(code: str) -> dict[str, Any]:
        number = numbers.get(code, 0)
        programmes = f"{number:,} programme{'' if number == 1 else 's'}" if number else "no example recorded"
        label = f"{countries[code].name}: {programmes}"
        return {"url": countries[code].get_absolute_url(), "label": label, "shade": shade(number, most)}

    return WorldMap(
        world.width,
        world.height,
        world.land + "".join(path for code, path in world.shapes.items() if code not in countries),
        [country(code) | {"path": path} for code, path in world.shapes.items() if code in countries],
        [
            country(code) | {"x": x, "y": y, "radius": radius}
            for code, (x, y, radius) in world.circles.items()
            if code in countries
        ],
        world.source,
    )


def shade(number: int, most: int) -> int:
    """Return the shade of a number on a logarithmic scale: 1 to SHADES, 0 for none."""
    return ceil(SHADES * log(number + 1) / log(most + 1)) if number else 0
