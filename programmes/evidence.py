"""Who does what, and where nobody does: programmes counted by recommendation and country."""

from dataclasses import dataclass

from django.db.models import Count
from pyroaring import BitMap

from gvc_catalogue.lib.text_index.crossing import Table, cross
from gvc_catalogue.lib.text_index.query import ask
from gvc_catalogue.lib.text_index.snapshot import Snapshot

from .edition import Edition
from .models import Programme, ProviderKind
from .querysets import KEYS
from .selection import Selection

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


def evidence(selection: Selection, edition: Edition) -> Evidence:
    """Return the numbers of what is selected, each what the list gives under the same choices; no query.

    Without an index five queries.
    """
    return edition.answer(lambda snapshot: in_index(snapshot, selection), lambda: in_database(selection))


def in_index(snapshot: Snapshot, selection: Selection) -> Evidence:
    """Return the numbers as the index counts them."""
    members = ask(snapshot, selection.q, selection.chosen).members
    run = members & BitMap.union(BitMap(), *(snapshot.facet("provider", kind) for kind in ORGANISATIONS))

    def counted(facet: str, among: BitMap) -> dict[str, int]:
        sets = snapshot.facets.get(facet, {})
        found = {value: among.intersection_cardinality(having) for value, having in sets.items()}
        return {value: number for value, number in found.items() if number}

    return Evidence(
        cross(snapshot, members, "recommendation", "country"),
        counted("recommendation", members),
        counted("country", members),
        counted("recommendation", run),
        len(members),
    )


def in_database(selection: Selection) -> Evidence:
    """Return the same numbers as the database counts them. Five queries."""
    matching = Programme.objects.matching(selection).order_by()

    def counted(*facets: str) -> Table:
        keys = [KEYS[facet] for facet in facets]
        found: Table = {}
        for *values, number in matching.values_list(*keys).annotate(number=Count("pk", distinct=True)):
            if None not in values:
                found.setdefault(values[0], {})[values[-1]] = number
        return found

    return Evidence(
        counted("recommendation", "country"),
        {number: counts[number] for number, counts in counted("recommendation").items()},
        {code: counts[code] for code, counts in counted("country").items()},
        of_organisations(counted("recommendation", "provider")),
        matching.count(),
    )


def of_organisations(by_kind: Table) -> dict[str, int]:
    """Return how many are run by organisations; a programme has one provider, so none is counted twice."""
    found = {number: sum(counts.get(kind, 0) for kind in ORGANISATIONS) for number, counts in by_kind.items()}
    return {number: count for number, count in found.items() if count}
