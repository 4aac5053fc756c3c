"""Evidence counts: the numbers of the evidence map, and those of each recommendation and country for the profiles."""

from dataclasses import dataclass, field

from pyroaring import BitMap

from gvc_catalogue.search_index.query.crosstab import Table, cross_tabulate, entries_by_value
from gvc_catalogue.search_index.query.facet_filters import count_values
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.web.querystring import Pairs

from ..search.catalogue_snapshot import CatalogueSnapshot
from .axis_values import AxisReader, AxisValue
from .map_axes import MapView


@dataclass(frozen=True)
class Evidence:
    """Numbers of all programmes: by recommendation and country, and by recommendation; zeros are left out."""

    cells: Table
    recommendations: dict[str, int]

    def count(self, number: str, code: str) -> int:
        """Return the number of programmes that serve this recommendation in this country."""
        return self.cells.get(number, {}).get(code, 0)


def evidence(edition: CatalogueSnapshot) -> Evidence:
    """Return the counts of all programmes. No query."""
    snapshot = edition.snapshot
    rows = entries_by_value(snapshot, snapshot.all, "recommendation")
    cells = cross_tabulate(snapshot, rows, "country")
    return Evidence(cells, count_values(snapshot, "recommendation", snapshot.all))


@dataclass(frozen=True)
class EvidenceTable:
    """The numbers of an evidence map, by the keys of its rows and columns; a pair without a programme has no cell.

    A programme with several values of an axis counts in each of them, and once in `totals` and `total`.
    """

    rows: list[AxisValue]
    columns: list[AxisValue]
    cells: Table
    row_totals: dict[str, int]
    column_totals: dict[str, int]
    total: int


@dataclass(frozen=True)
class Counted:
    """The selected entries of a snapshot, and those among them that have what parameters of the list ask for."""

    snapshot: Snapshot
    members: BitMap
    known: dict[Pairs, BitMap] = field(default_factory=dict)

    def entries(self, choice: Pairs) -> BitMap:
        """Return the members with one facet value and without the excluded ones of `choice`; cached."""
        if choice not in self.known:
            self.known[choice] = self._read(choice)
        return self.known[choice]

    def count(self, choice: Pairs) -> int:
        """Return the number of the members that `entries` returns."""
        if len(choice) > 1:
            return len(self.entries(choice))
        return self.members.intersection_cardinality(self.snapshot.facet(*choice[0]))

    def _read(self, choice: Pairs) -> BitMap:
        (name, value), *excluded = choice
        without = (self.snapshot.facet(name, key.removeprefix("-")) for name, key in excluded)
        return self.members & self.snapshot.facet(name, value) - BitMap.union(BitMap(), *without)


def evidence_table(view: MapView, members: BitMap) -> EvidenceTable:
    """Return the numbers of these entries by the axes of the view; each is that of its list. No query."""
    axes, counted = view.axes, Counted(view.edition.snapshot, members)
    rows = AxisReader(axes.rows, view, counted.count).values("number")
    columns = AxisReader(axes.by, view, counted.count).values(axes.order)
    # Columns that are no value of the facet.
    further = {column.key: counted.entries(column.choice) for column in columns if column.is_derived}
    sets = {row.key: counted.entries(row.choice) for row in rows}
    return EvidenceTable(
        rows,
        columns,
        cross_tabulate(counted.snapshot, sets, axes.by, further),
        {key: len(entries) for key, entries in sets.items()},
        {column.key: counted.count(column.choice) for column in columns},
        len(members),
    )
