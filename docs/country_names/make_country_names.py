"""Write fixtures/country_names.tsv, the names of all countries, from CLDR, ISO 3166 and own_names.tsv."""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pycountry
from babel import Locale, UnknownLocaleError
from babel.core import get_global

OWN_NAMES = Path(__file__).with_name("own_names.tsv")
TARGET = Path(__file__).resolve().parent.parent.parent / "fixtures/country_names.tsv"
COLUMNS = ("code", "subregion", "label", "names", "capitals")
# A language that is not official counts from this share of the population on.
WIDELY_SPOKEN = 10
IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
# Names of CLDR that are more often something else: first names; a language.
EXCLUDED = frozenset({"Basa Indonesia", "Malte", "Maurice"})


def main() -> None:
    """Write the file."""
    TARGET.write_text(country_names(), encoding="utf-8")


def country_names() -> str:
    """Return the content of the file: a header, then a line for each country, sorted by code."""
    with OWN_NAMES.open(encoding="utf-8", newline="") as own:
        rows = sorted(map(line, csv.DictReader(own, delimiter="\t", quoting=csv.QUOTE_NONE)))
    return "".join("\t".join(row) + "\n" for row in [COLUMNS, *rows])


def line(own: dict[str, str]) -> tuple[str, ...]:
    """Return the values of COLUMNS for one country from its row of own_names.tsv."""
    code, capitals = own["code"], own["capitals"]
    english = [*english_names(code)]
    label = own["label"] or english[0]
    names = {*english, *iso_names(code), *local_names(code), *own["names"].split("|"), *own["adjectives"].split("|")}
    kept = names - {"", label, *capitals.split("|")} - EXCLUDED
    return code, own["subregion"], label, "|".join(sorted(kept)), capitals


def english_names(code: str) -> Iterator[str]:
    """Yield the English names of CLDR, the one for pages first: "Saint Lucia", "St. Lucia"."""
    name = str(territories("en")[code]).replace("&", "and")
    yield from without_brackets(name.replace("St.", "Saint"))
    yield name


def iso_names(code: str) -> Iterator[str]:
    """Yield the short, official and common names of ISO 3166-1; none for XK and EU."""
    country = pycountry.countries.get(alpha_2=code)
    for field in ("name", "official_name", "common_name"):
        if name := getattr(country, field, ""):
            yield from without_brackets(in_order(name))


def in_order(name: str) -> str:
    """Return an inverted name in its natural order: "Korea, Republic of" as "Republic of Korea"."""
    head, _, tail = name.partition(", ")
    return f"{tail} {head}" if tail.endswith((" of", " the")) else name


def without_brackets(name: str) -> list[str]:
    """Return a name without its brackets, and what they contain: "Myanmar (Burma)" as "Myanmar" and "Burma"."""
    inside = [part for part in IN_BRACKETS.findall(name) if not part.endswith(" part")]
    return [IN_BRACKETS.sub("", name), *inside]


def local_names(code: str) -> Iterator[str]:
    """Yield the country's name in its official and widely spoken languages, each in its script."""
    for language, use in get_global("territory_languages").get(code, {}).items():
        if use["official_status"] or use["population_percent"] >= WIDELY_SPOKEN:
            yield territories(language).get(code) or ""


@cache
def territories(language: str) -> dict[str, str]:
    """Return the names of countries in a language by code; empty for a language that CLDR does not translate."""
    try:
        return dict(_translated(Locale.parse(language).territories.items()))
    except UnknownLocaleError:
        return {}


def _translated(items: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    return ((code, name) for code, name in items if name)


if __name__ == "__main__":
    main()
