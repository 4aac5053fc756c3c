"""Draw fixtures/borders.json, the shapes of the world map, from those of Natural Earth: README.md here tells how."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pycountry

Point = tuple[float, float]
Ring = list[Point]

TARGET = Path(__file__).resolve().parent.parent.parent / "fixtures/borders.json"
SOURCE = "Natural Earth 1:110m, admin 0 countries, version 4.1.0, by way of world-atlas 2.0.2"
ANTARCTICA = "AQ"
# ISO 3166-2 counts it to Ukraine (UA-43), as the United Nations do; Natural Earth draws who holds a place.
CRIMEA = (32, 44, 37, 47)
# Of the sphere cut open in the Bering Strait, where the cut parts no country; shown from Greenland to Cape Horn.
CENTRE, CUT = 11, -169
NORTH, SOUTH = 83.8, -57
# Four units a pixel of a wide screen, so that whole numbers do.
WIDTH = 4000
# Whoever has less land than this many square units is given a circle, and of others such islets are left out.
SPECK = 24
RADIUS, GAP = 9, 2

# Where a country stands that has no shape at this scale: latitude and longitude of its largest island or of its middle.
PLACES = """
AD 42.5 1.6 AG 17.1 -61.8 AI 18.2 -63.1 AS -14.3 -170.7 AW 12.5 -70.0 AX 60.2 20.0 BB 13.2 -59.5 BH 26.0 50.5
BL 17.9 -62.8 BM 32.3 -64.8 BQ 12.2 -68.3 BV -54.4 3.4 CC -12.1 96.9 CK -21.2 -159.8 CV 15.1 -23.6 CW 12.2 -69.0
CX -10.5 105.6 DM 15.4 -61.4 FM 6.9 158.2 FO 62.1 -7.0 GD 12.1 -61.7 GF 4.0 -53.0 GG 49.5 -2.6 GI 36.1 -5.3
GP 16.2 -61.5 GS -54.4 -36.9 GU 13.4 144.8 HK 22.4 114.1 HM -53.1 73.5 IM 54.2 -4.6 IO -7.4 72.4 JE 49.2 -2.1
KI 1.4 173.0 KM -11.6 43.4 KN 17.3 -62.7 KY 19.3 -81.3 LC 13.9 -61.0 LI 47.2 9.5 MC 43.7 7.4 MF 18.1 -63.1
MH 7.1 171.2 MO 22.1 113.6 MP 15.2 145.8 MQ 14.6 -61.0 MS 16.7 -62.2 MT 35.9 14.4 MU -20.2 57.6 MV 4.2 73.5
NF -29.0 168.0 NR -0.5 166.9 NU -19.1 -169.9 PF -17.7 -149.4 PM 47.0 -56.3 PN -24.4 -128.3 PW 7.5 134.6
RE -21.1 55.5 SC -4.7 55.5 SG 1.4 103.8 SH -16.0 -5.7 SJ 78.5 16.0 SM 43.9 12.4 ST 0.2 6.6 SX 18.0 -63.1
TC 21.8 -71.7 TK -9.2 -171.8 TO -21.2 -175.2 TV -8.5 179.2 UM 5.9 -162.1 VA 41.9 12.5 VC 13.3 -61.2 VG 18.4 -64.6
VI 17.7 -64.7 WF -13.3 -176.2 WS -13.6 -172.5 YT -12.8 45.2
"""


def main(path: str) -> None:
    """Write the file from the TopoJSON at `path`."""
    content = borders(json.loads(Path(path).read_text(encoding="utf-8")))
    TARGET.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def borders(topology: dict[str, Any]) -> dict[str, Any]:
    """What the file holds: see README.md."""
    shapes = {code: outline(rings) for code, rings in sorted(countries(topology).items()) if code != ANTARCTICA}
    return {
        "source": SOURCE,
        "licence": "public domain",
        "viewbox": [WIDTH, round(on_map((CENTRE, SOUTH))[1])],
        "land": shapes.pop("", ""),
        "shapes": shapes,
        "circles": {code: [round(x), round(y), RADIUS] for code, (x, y) in parted(places()).items()},
    }


def countries(topology: dict[str, Any]) -> dict[str, list[Ring]]:
    """The rings of each country in degrees, by its alpha-2 code; under "" the land to which ISO 3166 gives none."""
    alpha_2 = {country.numeric: country.alpha_2 for country in pycountry.countries}
    arcs = [list(points(topology["transform"], steps)) for steps in topology["arcs"]]
    found: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (east_of_cut(joined(arcs, numbers)) for polygon in polygons for numbers in polygon):
            code = "UA" if within(ring, CRIMEA) else alpha_2.get(geometry.get("id"), "")
            found.setdefault(code, []).append(ring)
    return {code: sewn(rings) for code, rings in found.items()}


def within(ring: Ring, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return all(west < x < east and south < y < north for x, y in ring)


def points(transform: dict[str, Any], steps: Iterable[tuple[int, int]]) -> Iterator[Point]:
    """The points of an arc in degrees. TopoJSON has whole numbers, each the step from the one before."""
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in steps:
        x, y = x + dx, y + dy
        yield round(x * width + left, 4), round(y * height + bottom, 4)


def joined(arcs: list[Ring], numbers: Iterable[int]) -> Ring:
    """The ring that arcs make, its end not repeated. A negative number is an arc from its end."""
    return [point for n in numbers for point in (arcs[n][:-1] if n >= 0 else arcs[~n][:0:-1])]


def east_of_cut(ring: Ring) -> Ring:
    """The ring where it is whole: as it is, or a turn further east, or so the part of it that lies beyond 180°."""
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    if east - west > 180:
        return [(x + 360 if x < 0 else x, y) for x, y in ring]
    return [(x + 360, y) for x, y in ring] if (west + east) / 2 < CUT else ring


def sewn(rings: list[Ring]) -> list[Ring]:
    """A country's rings, those made one that share a side, as Natural Earth's do at 180°: the side goes."""
    sides = {side for ring in rings for side in pairwise([*ring, ring[0]])}
    after: dict[Point, list[Point]] = {}
    for start, end in sorted(sides):
        if (end, start) not in sides:
            after.setdefault(start, []).append(end)
    found = []
    while after:
        ring = [next(iter(after))]
        while ends := after.get(ring[-1]):
            ring.append(ends.pop())
        found.append(ring[:-1])
        after = {start: ends for start, ends in after.items() if ends}
    return found


def equal_earth(place: Point) -> Point:
    """Longitude and latitude by the projection Equal Earth, on which areas are true to each other.

    Šavrič, Patterson and Jenny, “The Equal Earth map projection”, 2018.
    """
    a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
    t = asin(sqrt(3) / 2 * sin(radians(place[1])))
    x = 2 / sqrt(3) * radians(place[0] - CENTRE) * cos(t) / (9 * d * t**8 + 7 * c * t**6 + 3 * b * t**2 + a)
    return x, d * t**9 + c * t**7 + b * t**3 + a * t


SCALE = WIDTH / 2 / equal_earth((CENTRE + 180, 0))[0]
TOP = equal_earth((CENTRE, NORTH))[1]


def on_map(place: Point) -> Point:
    """Longitude and latitude in the units of the map, from its left upper corner."""
    x, y = equal_earth(place)
    return WIDTH / 2 + SCALE * x, SCALE * (TOP - y)


def outline(rings: Iterable[Ring]) -> str:
    """The rings as the path of an SVG; specks are left out where there is more."""
    drawn = sorted((drawn_ring(ring) for ring in rings), key=area, reverse=True)
    return "".join(path(ring) for number, ring in enumerate(drawn) if number == 0 or area(ring) >= SPECK)


def drawn_ring(ring: Ring) -> Ring:
    """The ring in whole units of the map, each point once."""
    whole = [(round(x), round(y)) for x, y in map(on_map, ring)]
    return [point for before, point in pairwise([whole[-1], *whole]) if point != before]


def area(ring: Ring) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise([*ring, *ring[:1]]))) / 2


def path(ring: Ring) -> str:
    """The ring as one closed line: where it begins, then step by step, in as few letters as SVG allows."""
    steps = [f"{u - x} {v - y}" for (x, y), (u, v) in pairwise(ring)]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def places() -> dict[str, Point]:
    words = PLACES.split()
    rows = zip(words[::3], words[1::3], words[2::3], strict=True)
    return {code: on_map(*east_of_cut([(float(longitude), float(latitude))])) for code, latitude, longitude in rows}


def parted(spots: dict[str, Point]) -> dict[str, Point]:
    """The same, moved apart until no circle covers another: in the Antilles they would."""
    apart = 2 * RADIUS + GAP
    for _ in range(1000):
        for one, other in combinations(spots, 2):
            (x, y), (u, v) = spots[one], spots[other]
            distance = hypot(u - x, v - y)
            if distance < apart:
                share = (apart - distance) / distance / 2
                spots[one] = x - (u - x) * share, y - (v - y) * share
                spots[other] = u + (u - x) * share, v + (v - y) * share
    return spots


if __name__ == "__main__":
    main(sys.argv[1])
