"""Rows of bar charts: countries, categories and policy instruments."""

from collections.abc import Iterator

from ...search.facet_definitions import NO_COUNTRY, FacetLabel
from .counted import Counted, Counting
from .data import ChartColumn, ChartRow

# More bars than this become one, "others".
MOST = 30
# Of more countries than these without a programme the number is said, without a bar for each.
ZEROS = 3
# The classes of the bars of broadest terms and of narrower ones, which are counted in the former too.
TONES = ("data", "outlined")


def country_countings(counted: Counted) -> list[Counting]:
    """Return what is counted by country: most programmes first, then the others and those without a country."""
    numbers = counted.by("country")
    entries = {entry.value: entry for entry in counted.entries("country")}
    none = entries.pop(NO_COUNTRY, None)
    shown, others = cut(sorted(entries.values(), key=lambda entry: -numbers.get(entry.value, 0)), numbers)
    found = [counted.value("country", entry.value, entry.label) for entry in shown]
    if others:
        left_out = [entry.value for entry in (*shown, none) if entry]
        found.append(counted.others("country", left_out, len(others)))
    return [*found, counted.value("country", NO_COUNTRY, none.label, "outlined")] if none else found


def cut(entries: list[FacetLabel], numbers: dict[str, int]) -> tuple[list[FacetLabel], list[FacetLabel]]:
    """Return the entries that have a bar of their own, and those that become "others"; one alone keeps its bar.

    `entries` are sorted by number. More than ZEROS of them without a programme become others too.
    """
    counted = sum(1 for entry in entries if numbers.get(entry.value))
    most = min(MOST, counted if len(entries) - counted > ZEROS else len(entries))
    return (entries[:most], entries[most:]) if len(entries) > most + 1 else (entries, [])


def category_countings(counted: Counted) -> list[Counting]:
    """Return what is counted by category: those of part ii, and any other with a programme, in their order."""
    numbers, categories = counted.by("category"), counted.edition.vocabulary.categories
    return [
        counted.value("category", entry.value, entry.label, f"category-{entry.value}")
        for entry in counted.entries("category")
        if numbers.get(entry.value) or categories[entry.value].part == "ii"
    ]


def instrument_countings(counted: Counted) -> list[Counting]:
    """Return what is counted by instrument: most programmes first, each followed by its narrower ones; others last."""
    labels = {entry.value: entry.label for entry in counted.entries("instrument")}
    ordered = list(in_tree(counted, set(labels), counted.by("instrument")))
    whole = len(ordered) <= MOST + 1 or counted.links.means_all("instrument")
    shown, hidden = (ordered, []) if whole else (ordered[:MOST], ordered[MOST:])
    found = [counted.value("instrument", key, labels[key], TONES[bool(level)], level) for key, level in shown]
    if hidden:
        of_hidden = [key for key, _ in hidden]
        found.append(counted.others("instrument", [key for key, _ in shown], len(hidden), of_hidden))
    return found


def bars(counted: Counted, countings: list[Counting]) -> tuple[list[ChartRow], list[ChartColumn]]:
    """Return a whole bar for each of what is counted; there are no columns of parts."""
    return [ChartRow(c.key, c.label, len(c.members), c.link(), c.kind, level=c.level) for c in countings], []


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
