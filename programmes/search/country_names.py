"""Names of all countries of ISO 3166-1, of Kosovo (XK) and the European Union (EU), and regions of countries."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
# Written by docs/country_names/make_country_names.py.
NAMES_FILE = FIXTURES / "country_names.tsv"
# Written by hand; fixtures/README.md describes the columns.
REGIONS_FILE = FIXTURES / "regions.tsv"


@dataclass(frozen=True)
class CountryName:
    """The names of one country.

    `subregion` is a key of regions.tsv, "" for Antarctica; `label` is the English name on pages. `names` are all
    written names, the label included; `capitals` those that count only in these letters: "US", but not "us".
    """

    code: str
    subregion: str
    label: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True)
class RegionName:
    """A continent, a sub-region or a group of countries, with its names as in CountryName.

    `region` is the key of the continent it lies in, "" if there is none; `members` are codes of countries or keys of
    other regions. A region of M49 has no members: its countries name it.
    """

    key: str
    region: str
    label: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    members: tuple[str, ...]


def read_rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a file of tab-separated values with a header."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def split_names(row: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return `names`, the label first, and `capitals` of a row. A label in `capitals` is not among the names."""
    capitals = tuple(filter(None, row["capitals"].split("|")))
    names = [name for name in (row["label"], *row["names"].split("|")) if name and name not in capitals]
    return tuple(names), capitals


@cache
def country_names() -> dict[str, CountryName]:
    """Return the names of all countries by alpha-2 code, in the order of the codes. The file is read once."""
    return {
        row["code"]: CountryName(row["code"], row["subregion"], row["label"], *split_names(row))
        for row in read_rows(NAMES_FILE)
    }


@cache
def region_names() -> dict[str, RegionName]:
    """Return continents, sub-regions and groups of countries by key. The file is read once."""
    return {
        row["key"]: RegionName(
            row["key"], row["region"], row["label"], *split_names(row), tuple(row["members"].split())
        )
        for row in read_rows(REGIONS_FILE)
    }


@cache
def country_labels() -> dict[str, str]:
    """Return the English name of each country by alpha-2 code."""
    return {code: country.label for code, country in country_names().items()}


def country_region(code: str) -> str:
    """Return the key of a country's continent by M49, such as "asia"; "" for Antarctica and unknown codes."""
    country = country_names().get(code)
    subregion = region_names().get(country.subregion) if country else None
    return (subregion.region or subregion.key) if subregion else ""


@cache
def member_countries(key: str) -> tuple[str, ...]:
    """Return the sorted alpha-2 codes of the countries of a region or group. Raises KeyError for an unknown key."""
    found = {code for code, country in country_names().items() if country.subregion == key}
    for member in region_names()[key].members:
        found |= {member} if member in country_names() else set(member_countries(member))
    return tuple(sorted(found))
