"""Bar charts: the number of programmes by country, by category and by policy instrument."""

from collections.abc import Iterator

from ...search.facet_definitions import NO_COUNTRY, FacetLabel
from .counted import Counted
from .data import ChartRow

# More bars than this become one, "others".
MOST = 30
# Of more countries than these without a programme the number is said, without a bar for each.
ZEROS = 3


def country_rows(counted: Counted) -> list[ChartRow]:
    """Return the rows of the countries, most programmes first, then the others and those without a country."""
    numbers, links = counted.by("country"), counted.links
    entries = {entry.value: entry for entry in counted.entries("country")}
    none = entries.pop(NO_COUNTRY, None)
    shown, others = cut(sorted(entries.values(), key=lambda entry: -numbers.get(entry.value, 0)), numbers)
    rows = [ChartRow(e.value, e.label, numbers.get(e.value, 0), links.to(country=[e.value])) for e in shown]
    if others:
        rows.append(other_countries(counted, [*(e.value for e in shown), *([NO_COUNTRY] if none else [])], len(others)))
    if none:
        url = links.to(country=[NO_COUNTRY])
        rows.append(ChartRow(NO_COUNTRY, none.label, numbers.get(NO_COUNTRY, 0), url, "outlined"))
    return rows


def cut(entries: list[FacetLabel], numbers: dict[str, int]) -> tuple[list[FacetLabel], list[FacetLabel]]:
    """Return the entries that have a bar of their own, and those that become "others"; one alone keeps its bar.

    `entries` are sorted by number. More than ZEROS of them without a programme become others too.
    """
    counted = sum(1 for entry in entries if numbers.get(entry.value))
    most = min(MOST, counted if len(entries) - counted > ZEROS else len(entries))
    return (entries[:most], entries[most:]) if len(entries) > most + 1 else (entries, [])


def other_countries(counted: Counted, left_out: list[str], number: int) -> ChartRow:
    """Return the row of the programmes in none of these countries, but in some of `number` others."""
    members = counted.members - counted.having("country", left_out)
    return ChartRow("", f"{number} others", len(members), counted.links.without("country", left_out))


def category_rows(counted: Counted) -> list[ChartRow]:
    """Return the rows of the categories of part ii, and of any other with a programme, in the statement's order."""
    numbers, categories = counted.by("category"), counted.edition.vocabulary.categories
    return [
        ChartRow(code, e.label, numbers.get(code, 0), counted.links.to(category=[code]), f"category-{code}")
        for e in counted.entries("category")
        if (code := e.value) and (numbers.get(code) or categories[code].part == "ii")
    ]


def instrument_rows(counted: Counted) -> list[ChartRow]:
    """Return the rows of the instruments, most programmes first, each followed by its narrower ones; others last."""
    numbers, links = counted.by("instrument"), counted.links
    labels = {entry.value: entry.label for entry in counted.entries("instrument")}
    ordered = list(in_tree(counted, set(labels), numbers))
    whole = len(ordered) <= MOST + 1 or links.means_all("instrument")
    shown, hidden = (ordered, []) if whole else (ordered[:MOST], ordered[MOST:])
    rows = [
        ChartRow(k, labels[k], numbers.get(k, 0), links.to(instrument=[k]), TONES[bool(level)], level=level)
        for k, level in shown
    ]
    return [*rows, other_instruments(counted, [k for k, _ in shown], [k for k, _ in hidden])] if hidden else rows


# The classes of the bars of broadest terms and of narrower ones, which are counted in the former too.
TONES = ("data", "outlined")


def other_instruments(counted: Counted, shown: list[str], hidden: list[str]) -> ChartRow:
    """Return the row of the programmes with a hidden instrument, and none of the shown ones."""
    members = (counted.members & counted.having("instrument", hidden)) - counted.having("instrument", shown)
    url = counted.links.without("instrument", shown, instrument=hidden)
    return ChartRow("", f"{len(hidden)} others", len(members), url)


def in_tree(counted: Counted, shown: set[str], numbers: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Yield the shown terms depth first with their level, at each level most programmes first."""
    paths = counted.edition.vocabulary.tree.paths
    by_number = sorted(counted.entries("instrument"), key=lambda entry: -numbers.get(entry.value, 0))

    def above(key: str) -> str:
        return next((broader for broader in paths[key][1:] if broader in shown), "")

    def below(parent: str, level: int) -> Iterator[tuple[str, int]]:
        for entry in by_number:
            if above(entry.value) == parent:
                yield entry.value, level
                yield from below(entry.value, level + 1)

    yield from below("", 0)
