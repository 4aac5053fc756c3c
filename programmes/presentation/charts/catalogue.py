"""The charts by name: what each counts, how it is divided, and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from ...search.catalogue_snapshot import CatalogueSnapshot
from ...search.list_query import ListQuery
from .bars import bars, category_countings, country_countings, instrument_countings
from .counted import Counted, Counting
from .data import Chart, ChartColumn, ChartRow
from .notes import category_note, country_note, instrument_note
from .status import by_certainty, known_note, stacked, status_countings


@dataclass(frozen=True)
class ChartDefinition:
    """Definition of a chart: its title, the heading of its labels, what is counted, its rows, and the line below."""

    title: str
    noun: str
    countings: Callable[[Counted], list[Counting]]
    rows: Callable[[Counted, list[Counting]], tuple[list[ChartRow], list[ChartColumn]]]
    note: Callable[[Counted, list[ChartRow]], str]


COUNTRY, CATEGORY = "Country or economy", "Category"
CHARTS = {
    "countries": ChartDefinition("Programmes by country or economy", COUNTRY, country_countings, bars, country_note),
    "categories": ChartDefinition(
        "Programmes by category of recommendation", CATEGORY, category_countings, bars, category_note
    ),
    "instruments": ChartDefinition(
        "Programmes by policy instrument", "Policy instrument", instrument_countings, bars, instrument_note
    ),
    "status": ChartDefinition("What became of the programmes", "Status", status_countings, by_certainty, known_note),
    "status-by-country": ChartDefinition(
        "What became of them, by country", COUNTRY, country_countings, stacked, known_note
    ),
    "status-by-category": ChartDefinition(
        "What became of them, by category", CATEGORY, category_countings, stacked, known_note
    ),
}


def chart(name: str, selection: ListQuery, edition: CatalogueSnapshot) -> Chart:
    """Return a chart of the programmes that match a list query, with the number and the list of each bar. No query.

    `name` is one of CHARTS; a KeyError is raised for any other.
    """
    definition, counted = CHARTS[name], Counted(selection, edition)
    rows, columns = definition.rows(counted, definition.countings(counted))
    return Chart(
        name=name,
        title=", ".join(filter(None, [definition.title, counted.in_words])),
        note=definition.note(counted, rows),
        noun=definition.noun,
        total=len(counted.members),
        total_url=counted.links.whole,
        query=urlencode(counted.links.selection.pairs),
        day=counted.day,
        rows=tuple(rows),
        columns=tuple(columns),
    )
