"""Who does what, and where nobody does: programmes counted by recommendation and country."""

from dataclasses import dataclass

from pyroaring import BitMap

from gvc_catalogue.search_index.query.crosstab import Table, cross_tabulate
from gvc_catalogue.search_index.query.search import count_values

from ..models import ProviderKind
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.list_query import ListQuery
from ..search.search import matching

# Who runs a programme without being a government.
ORGANISATIONS = tuple(kind.value for kind in ProviderKind if kind != ProviderKind.GOVERNMENT)


@dataclass(frozen=True)
class Evidence:
    """How many of the programmes selected there are: by recommendation and country, by each alone, and in all.

    `organisations` counts those run by companies, business bodies and international organisations; what is run by a
    company of India is among them and in India. Values that none has are left out.
    """

    cells: Table
    recommendations: dict[str, int]
    countries: dict[str, int]
    organisations: dict[str, int]
    total: int

    def count(self, number: str, code: str) -> int:
        """Return how many serve this recommendation in this country."""
        return self.cells.get(number, {}).get(code, 0)


def evidence(selection: ListQuery, edition: CatalogueSnapshot) -> Evidence:
    """Return the numbers of what is selected, each what the list gives under the same choices; no query."""
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
