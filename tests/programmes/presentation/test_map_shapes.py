"""The world map has every country once, where it lies, and is small enough to be sent."""

import gzip
import json
import re
from itertools import combinations
from math import hypot
from typing import Any

import pytest
from django.conf import settings

from docs.borders.make_borders import borders as drawn
from docs.borders.make_borders import on_map
from programmes.models.iso3166 import ALPHA_3
from programmes.presentation.map_shapes import FILE, borders

MAP = borders()
RING = re.compile(r"M(\d+) (\d+)l((?:-?\d+[ -]?)+?)z")
NUMBER = re.compile(r"-?\d+")
ANTARCTICA = {"AQ"}

Ring = list[tuple[int, int]]


def rings(path: str) -> list[Ring]:
    """The points of each ring, as a browser would find them."""
    assert "".join(match[0] for match in RING.finditer(path)) == path
    return [points(int(x), int(y), [int(n) for n in NUMBER.findall(steps)]) for x, y, steps in RING.findall(path)]


def points(x: int, y: int, steps: list[int]) -> Ring:
    found = [(x, y)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def surrounds(ring: Ring, place: tuple[float, float]) -> bool:
    """Whether the ring goes round the place: a ray from there crosses it an odd number of times."""
    x, y = place
    crossed = [
        x < a + (y - b) * (c - a) / (d - b)
        for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (b > y) != (d > y)
    ]
    return sum(crossed) % 2 == 1


def test_every_country_of_iso_3166_has_a_shape_or_a_circle_and_none_has_both() -> None:
    assert MAP.shapes.keys() | MAP.circles.keys() == ALPHA_3.keys() - ANTARCTICA
    assert MAP.shapes.keys() & MAP.circles.keys() == set()


def test_every_country_of_the_catalogue_is_on_the_map() -> None:
    countries = json.loads((settings.BASE_DIR / "fixtures/40_countries.json").read_text(encoding="utf-8"))
    codes = {country["fields"]["code"] for country in countries}
    assert len(codes) == 21
    assert codes <= MAP.shapes.keys() | MAP.circles.keys()


def test_shapes_are_made_of_rings_on_the_map() -> None:
    for code, path in (MAP.shapes | {"": MAP.land}).items():
        for ring in rings(path):
            assert len(ring) > 2, code
            assert all(0 <= x <= MAP.width and 0 <= y <= MAP.height for x, y in ring), code


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [
        ("JP", 36, 138),
        ("MX", 23, -102),
        ("AU", -25, 135),
        ("CL", -27, -70),
        ("ZA", -32, 22),
        ("LS", -29.5, 28.2),
        ("RU", 67.5, -178 + 360),
        ("FJ", -17.8, 178),
        ("US", 65, -153),
        ("UA", 45.2, 34.3),
    ],
)
def test_a_country_is_where_it_lies(code: str, latitude: float, longitude: float) -> None:
    around = {
        other
        for other, path in MAP.shapes.items()
        if sum(surrounds(ring, on_map((longitude, latitude))) for ring in rings(path)) % 2
    }
    assert around == {code}


def test_no_shape_runs_across_the_whole_map() -> None:
    """As one would that the antimeridian cuts. Russia, whole, is the widest."""
    widths = {
        code: max(max(x for x, _ in ring) - min(x for x, _ in ring) for ring in rings(path)) / MAP.width
        for code, path in MAP.shapes.items()
    }
    assert max(widths, key=widths.__getitem__) == "RU"
    assert max(widths.values()) < 0.4


def test_no_circle_covers_another_and_all_are_on_the_map() -> None:
    for (x, y, radius), (u, v, other) in combinations(MAP.circles.values(), 2):
        assert hypot(u - x, v - y) >= radius + other
    assert all(r <= x <= MAP.width - r and r <= y <= MAP.height - r for x, y, r in MAP.circles.values())


def test_the_map_is_small_enough_to_be_sent() -> None:
    assert len(gzip.compress(FILE.read_bytes())) < 20_000


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """An arc of TopoJSON, in steps."""
    width, height = east - west, north - south
    return [[west, south], [width, 0], [0, height], [-width, 0], [0, -height]]


def test_what_is_parted_at_180_degrees_is_drawn_as_one_and_land_without_a_code_apart() -> None:
    arcs = [square(170, 60, 180, 70), square(-180, 60, -175, 70), square(0, 0, 10, 10), square(33, 45, 36, 46)]
    russia: dict[str, Any] = {"type": "MultiPolygon", "id": "643", "arcs": [[[0]], [[1]], [[3]]]}
    nobody: dict[str, Any] = {"type": "Polygon", "arcs": [[2]], "properties": {"name": "Kosovo"}}
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {"countries": {"geometries": [russia, nobody]}},
    }
    content = drawn(topology)
    assert {code: len(rings(path)) for code, path in content["shapes"].items()} == {"RU": 1, "UA": 1}
    assert len(rings(content["shapes"]["RU"])[0]) == 6
    assert len(rings(content["land"])) == 1
