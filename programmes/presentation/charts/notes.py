"""The line below the title of a chart: of how many programmes it is, and what to beware of."""

from ...search.facet_definitions import NO_COUNTRY
from .counted import Counted
from .data import ChartRow


def in_words(number: int) -> str:
    """Return a number of programmes in words."""
    return f"{number:,} programme{'' if number == 1 else 's'}"


def country_note(counted: Counted, rows: list[ChartRow]) -> str:
    """Return the line of a chart by country."""
    total = len(counted.members)
    notes = [in_words(total)]
    if sum(row.count for row in rows) > total:
        notes.append("one of several countries counts in each")
    if any(row.key == NO_COUNTRY and row.count for row in rows):
        notes.append("the outlined bar has no country")
    return "; ".join(notes)


def category_note(counted: Counted, rows: list[ChartRow]) -> str:
    """Return the line of a chart by category."""
    total, counted_so = len(counted.members), sum(row.count for row in rows)
    several = f"; one may serve several: the sum is {counted_so:,}" if counted_so > total else ""
    return f"{in_words(total)}{several}"


def instrument_note(counted: Counted, rows: list[ChartRow]) -> str:
    """Return the line of a chart by instrument."""
    having = len(counted.members & counted.having_any("instrument"))
    narrower = "; narrower terms outlined, counted in the term above" if any(row.level for row in rows) else ""
    return f"{having:,} of {in_words(len(counted.members))} {'has' if having == 1 else 'have'} one or more{narrower}"
