"""Evidence counts: the number of programmes of each recommendation and country, for the evidence map."""

from dataclasses import dataclass

from pyroaring import BitMap

from gvc_catalogue.search_index.query.crosstab import Table, cross_tabulate
from gvc_catalogue.search_index.query.search import count_values

from ..models import ProviderKind
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.list_query import ListQuery
from ..search.search import matching

# Kinds of providers other than governments.
ORGANISATIONS = tuple(kind.value for kind in ProviderKind if kind != ProviderKind.GOVERNMENT)


@dataclass(frozen=True)
class Evidence:
    """Numbers of the selected programmes: by recommendation and country, by each alone, and in all.

    `organisations` counts by recommendation those provided by companies, business bodies and international
    organisations. A programme of a company in India counts both there and in India. Values without a
    programme are left out.
    """

    cells: Table
    recommendations: dict[str, int]
    countries: dict[str, int]
    organisations: dict[str, int]
    total: int

    def count(self, number: str, code: str) -> int:
        """Return the number of programmes that serve this recommendation in this country."""
        return self.cells.get(number, {}).get(code, 0)


def evidence(selection: ListQuery, edition: CatalogueSnapshot) -> Evidence:
    """Return the counts of the selected programmes, each equal to the list's under the same filters. No query."""
    snapshot = edition.snapshot
    members = matching(selection, edition).members
    run = members & BitMap.union(BitMap(), *(snapshot.facet("provider", kind) for kind in ORGANISATIONS))
    return Evidence(
        cross_tabulate(snapshot, members, "recommendation", "country"),
        count_values(snapshot, "recommendation", members),
        count_values(snapshot, "country", members),
        count_values(snapshot, "recommendation", run),
        len(members),
    )
