"""The charts by name: what each counts, how it is divided, and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from ...search.catalogue_snapshot import CatalogueSnapshot
from ...search.list_query import ListQuery
from .bars import bars, category_countings, country_countings, instrument_countings
from .counted import Counted, Counting
from .data import Chart, ChartColumn, ChartRow
from .dots import broadest_instruments, dots, dots_note
from .notes import category_note, country_note, instrument_note
from .status import by_certainty, known_note, stacked, status_countings
from .timeline import timeline, timeline_note


@dataclass(frozen=True)
class ChartDefinition:
    """Definition of a chart: its title, the heading of its labels, what is counted, its rows, and the line below."""

    title: str
    noun: str
    countings: Callable[[Counted], list[Counting]]
    rows: Callable[[Counted, list[Counting]], tuple[list[ChartRow], list[ChartColumn]]]
    note: Callable[[Counted, list[ChartRow]], str]


# Charts that are drawn otherwise than by bars.
DOTS, TIMELINE = "instruments-by-country", "timeline"
COUNTRY, CATEGORY = "Country or economy", "Category"
CHARTS = {
    "countries": ChartDefinition("Programmes by country or economy", COUNTRY, country_countings, bars, country_note),
    "categories": ChartDefinition(
        "Programmes by category of recommendation", CATEGORY, category_countings, bars, category_note
    ),
    "instruments": ChartDefinition(
        "Programmes by policy instrument", "Policy instrument", instrument_countings, bars, instrument_note
    ),
    DOTS: ChartDefinition(
        "Instruments by country or economy", "Policy instrument", broadest_instruments, dots, dots_note
    ),
    "status": ChartDefinition("What became of the programmes", "Status", status_countings, by_certainty, known_note),
    "status-by-country": ChartDefinition(
        "What became of them, by country", COUNTRY, country_countings, stacked, known_note
    ),
    "status-by-category": ChartDefinition(
        "What became of them, by category", CATEGORY, category_countings, stacked, known_note
    ),
}


NAMES = (*CHARTS, TIMELINE)


def chart(name: str, selection: ListQuery, edition: CatalogueSnapshot) -> Chart:
    """Return a chart of the programmes that match a list query, with the number and the list of each bar. No query.

    `name` is one of NAMES; a KeyError is raised for any other.
    """
    counted = Counted(selection, edition)
    if name == TIMELINE:
        return timeline_chart(counted)
    definition = CHARTS[name]
    rows, columns = definition.rows(counted, definition.countings(counted))
    return Chart(
        name=name,
        note=definition.note(counted, rows),
        noun=definition.noun,
        total=len(counted.members),
        total_url=counted.links.whole,
        rows=tuple(rows),
        columns=tuple(columns),
        **common(counted, definition.title),
    )


def timeline_chart(counted: Counted) -> Chart:
    """Return the timeline of the ends of programmes."""
    found = timeline(counted)
    return Chart(
        name=TIMELINE,
        note=timeline_note(found),
        noun="Programme",
        total=found.in_all,
        total_url=found.url,
        events=tuple(found.events),
        undated=tuple(found.undated),
        **common(counted, "Ends, new names and mergers"),
    )


def common(counted: Counted, title: str) -> dict[str, Any]:
    """Return the title with the filters in words, the query string and the date of a chart."""
    return {
        "title": ", ".join(filter(None, [title, counted.in_words])),
        "query": urlencode(counted.links.selection.pairs),
        "day": counted.day,
    }
