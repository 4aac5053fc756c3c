"""The charts by name, and their titles."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from ...search.catalogue_snapshot import CatalogueSnapshot
from ...search.facet_definitions import NO_COUNTRY
from ...search.list_query import ListQuery
from .bars import category_rows, country_rows, instrument_rows
from .counted import Counted
from .data import Chart, ChartRow


@dataclass(frozen=True)
class ChartDefinition:
    """Definition of a chart: its title, its form ("bars"), the heading of its labels, its rows and the line below."""

    title: str
    form: str
    noun: str
    rows: Callable[[Counted], list[ChartRow]]
    note: Callable[[Counted, list[ChartRow]], str]


def programmes(number: int) -> str:
    """Return a number of programmes in words."""
    return f"{number:,} programme{'' if number == 1 else 's'}"


def country_note(counted: Counted, rows: list[ChartRow]) -> str:
    """Return the line below the title of a chart by country."""
    total = len(counted.members)
    notes = [programmes(total)]
    if sum(row.count for row in rows) > total:
        notes.append("one of several countries counts in each")
    if any(row.key == NO_COUNTRY and row.count for row in rows):
        notes.append("the outlined bar has no country")
    return "; ".join(notes)


def category_note(counted: Counted, rows: list[ChartRow]) -> str:
    """Return the line below the title of a chart by category."""
    total, counted_so = len(counted.members), sum(row.count for row in rows)
    several = f"; one may serve several: the sum is {counted_so:,}" if counted_so > total else ""
    return f"{programmes(total)}{several}"


def instrument_note(counted: Counted, rows: list[ChartRow]) -> str:
    """Return the line below the title of a chart by instrument."""
    having = len(counted.members & counted.having_any("instrument"))
    narrower = "; narrower terms outlined, counted in the term above" if any(row.level for row in rows) else ""
    return f"{having:,} of {programmes(len(counted.members))} {'has' if having == 1 else 'have'} one or more{narrower}"


CHARTS = {
    "countries": ChartDefinition(
        "Programmes by country or economy", "bars", "Country or economy", country_rows, country_note
    ),
    "categories": ChartDefinition(
        "Programmes by category of recommendation", "bars", "Category", category_rows, category_note
    ),
    "instruments": ChartDefinition(
        "Programmes by policy instrument", "bars", "Policy instrument", instrument_rows, instrument_note
    ),
}


def chart(name: str, selection: ListQuery, edition: CatalogueSnapshot) -> Chart:
    """Return a chart of the programmes that match a list query, with the number and the list of each bar. No query.

    `name` is one of CHARTS; a KeyError is raised for any other.
    """
    definition, counted = CHARTS[name], Counted(selection, edition)
    rows = definition.rows(counted)
    return Chart(
        name=name,
        form=definition.form,
        title=", ".join(filter(None, [definition.title, counted.in_words])),
        note=definition.note(counted, rows),
        noun=definition.noun,
        total=len(counted.members),
        total_url=counted.links.whole,
        query=urlencode(counted.links.selection.pairs),
        day=counted.day,
        rows=tuple(rows),
    )
