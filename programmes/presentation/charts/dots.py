"""Grid of dots: the number of programmes of each policy instrument in each country."""

from pyroaring import BitMap

from gvc_catalogue.search_index.query.crosstab import cross_tabulate

from .bars import country_countings, instrument_countings
from .counted import Counted, Counting
from .data import ChartColumn, ChartPart, ChartRow


def broadest_instruments(counted: Counted) -> list[Counting]:
    """Return what is counted by instrument, without narrower terms, which are counted in the broadest ones."""
    return [counting for counting in instrument_countings(counted) if not counting.level]


def dots(counted: Counted, countings: list[Counting]) -> tuple[list[ChartRow], list[ChartColumn]]:
    """Return a row of dots for each of what is counted, one for each country, and the columns of the countries."""
    columns = country_countings(counted)
    others: dict[str, BitMap] = {column.key: column.members for column in columns if not column.key}
    members = {str(place): counting.members for place, counting in enumerate(countings)}
    table = cross_tabulate(counted.edition.snapshot, members, "country", others)
    rows = [
        ChartRow(c.key, c.label, len(c.members), c.link(), c.kind, row_of_dots(c, columns, table.get(str(place), {})))
        for place, c in enumerate(countings)
    ]
    return rows, [ChartColumn(column.key or "others", column.label) for column in columns]


def row_of_dots(counting: Counting, columns: list[Counting], counts: dict[str, int]) -> tuple[ChartPart, ...]:
    """Return the dots of a row, in the order of the columns; many of them are of no programme."""
    return tuple(ChartPart(c.label, counts.get(c.key, 0), counting.link(**c.asked)) for c in columns)


def dots_note(counted: Counted, rows: list[ChartRow]) -> str:
    """Return the line below the title of a grid of dots."""
    return "Area and number: programmes; a dot without a number is one"
