"""How complete the catalogue is, and what is open, in numbers: from the index where it knows, bounded where not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from pyroaring import BitMap

from ..models import Programme, Status
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.search import totals
from . import defects

# Programmes with dead links are counted so far.
COUNTED = 1_000
# What facets say of programmes: all that have any of these values have the field.
FIELDS = {"provider": "Provider", "region": "Country or economy", "category": "Quotation", "status": "Status looked up"}


@dataclass(frozen=True)
class DataQualityCounts:
    """How many programmes have what; of `checked` for each day on which they were last looked up."""

    total: int
    region: int
    category: int
    linked: int
    inferred: int
    checked: dict[str, int]

    def checked_since(self, day: date) -> int:
        return sum(number for on, number in self.checked.items() if on >= day.isoformat())


@dataclass(frozen=True)
class DataQualityRow:
    """A field or a class of defects: how many of all programmes, and the list of just these where there is one.

    `bounded` says in words what the number is, where it is not all of it.
    """

    label: str
    number: int
    total: int
    url: str = ""
    bounded: str = ""

    @property
    def share(self) -> int:
        """In per cent; all and none are only what is all and none."""
        if not self.total or self.number in (0, self.total):
            return 100 if self.number else 0
        return min(99, max(1, round(100 * self.number / self.total)))


def count_data_quality(edition: CatalogueSnapshot) -> DataQualityCounts:
    """Return the numbers of all programmes, from sets of the index; no query."""
    snapshot = edition.snapshot

    def having(facet: str) -> int:
        return len(BitMap.union(BitMap(), *snapshot.facets.get(facet, {}).values()))

    def of_group(name: str) -> dict[str, int]:
        start = f"group/{name}/"
        return {n.removeprefix(start): len(s) for n, s in snapshot.sets.items() if n.startswith(start) and n != start}

    linked, inferred = (sum(of_group(name).values()) for name in ("linked", "inferred"))
    return DataQualityCounts(
        len(snapshot.all), having("region"), having("category"), linked, inferred, of_group("checked")
    )


def fields(edition: CatalogueSnapshot, found: DataQualityCounts) -> list[DataQualityRow]:
    """Return how many programmes have each field, with the list of these; no query of its own."""
    numbers = totals(edition)
    have = {
        "provider": found.total,
        "region": found.region,
        "category": found.category,
        "status": found.total - numbers["status"].get(Status.NOT_YET_CHECKED, 0),
    }
    rows = [
        DataQualityRow(label, have[name], found.total, listed(name, known_values(edition, name)))
        for name, label in FIELDS.items()
    ]
    return [*rows, DataQualityRow("Link", found.linked, found.total)]


def statuses(edition: CatalogueSnapshot, found: DataQualityCounts) -> list[DataQualityRow]:
    """Return how many programmes have each status, with their list; no query of its own."""
    numbers = totals(edition)["status"]
    return [DataQualityRow(s.label, numbers.get(s, 0), found.total, listed("status", [s])) for s in Status]


def known_values(edition: CatalogueSnapshot, name: str) -> list[str]:
    """Return the values of a facet that say something: that nobody looked says nothing."""
    values = [entry.value for entry in edition.vocabulary.entries[name]]
    return [value for value in values if value != Status.NOT_YET_CHECKED]


def listed(name: str, values: Iterable[str]) -> str:
    """Return the list of programmes with any of these values."""
    return f"{reverse('programmes:list')}?{urlencode([(name, value) for value in values])}"


def defect_rows(edition: CatalogueSnapshot, found: DataQualityCounts, year_ago: date) -> list[DataQualityRow]:
    """Return each class of defects of programmes with how many have it: three short queries."""
    return [
        DataQualityRow("No link", found.total - found.linked, found.total),
        dead_links(found),
        DataQualityRow("Not looked up for a year, or never", found.total - found.checked_since(year_ago), found.total),
        DataQualityRow("Placed in a row by inference", found.inferred, found.total),
        DataQualityRow("No quotation", found.total - found.category, found.total),
        DataQualityRow("No country, and so no region", found.total - found.region, found.total),
        duplicates(found),
    ]


def dead_links(found: DataQualityCounts) -> DataQualityRow:
    """One query, that counts up to a bound."""
    number = defects.with_dead_link(Programme.objects.all())[: COUNTED + 1].count()
    bounded = "more than these; counted so far" if number > COUNTED else ""
    return DataQualityRow("A link that leads nowhere", min(number, COUNTED), found.total, bounded=bounded)


def duplicates(found: DataQualityCounts) -> DataQualityRow:
    """One query: of a large catalogue only those recorded last are looked through."""
    among = min(found.total, defects.NEWEST)
    bounded = f"of the {among:,} recorded last" if among < found.total else ""
    return DataQualityRow("Same provider and a close name", len(defects.probable_duplicates()), among, bounded=bounded)


def gaps(edition: CatalogueSnapshot) -> tuple[int, int]:
    """Return how many recommendations of part ii have no programme, and how many there are; no query of its own."""
    served = totals(edition)["recommendation"]
    part_ii = [r.number for r in edition.vocabulary.recommendations.values() if r.in_part_ii]
    return len([number for number in part_ii if not served.get(number)]), len(part_ii)
