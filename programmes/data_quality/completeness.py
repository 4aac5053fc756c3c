"""Data quality counts: completeness of fields and number of defects, from the index or by bounded queries."""

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

# Upper bound of the count of programmes with dead links.
COUNTED = 1_000
# Labels of the fields by facet: a programme with any value of the facet has the field.
FIELDS = {"provider": "Provider", "region": "Country or economy", "category": "Quotation", "status": "Status looked up"}


@dataclass(frozen=True)
class DataQualityCounts:
    """Numbers of programmes: in total, with a region, a quotation (`category`), a link, or placement by inference.

    `checked` is the number of programmes by the day of their last status check.
    """

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
    """A field or a class of defects: the number of programmes, the total, and the address of the list of these, if any.

    `bounded` describes the bound in words if the number is not exact; else it is "".
    """

    label: str
    number: int
    total: int
    url: str = ""
    bounded: str = ""

    @property
    def share(self) -> int:
        """The share in per cent, an integer. 0 is returned only for none, 100 only for all."""
        if not self.total or self.number in (0, self.total):
            return 100 if self.number else 0
        return min(99, max(1, round(100 * self.number / self.total)))


def count_data_quality(edition: CatalogueSnapshot) -> DataQualityCounts:
    """Return the data quality counts of the whole catalogue, from sets of the index. No query."""
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
    """Return for each field the number of programmes that have it, with the address of their list. No query."""
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
    """Return for each status the number of programmes that have it, with the address of their list. No query."""
    numbers = totals(edition)["status"]
    return [DataQualityRow(s.label, numbers.get(s, 0), found.total, listed("status", [s])) for s in Status]


def known_values(edition: CatalogueSnapshot, name: str) -> list[str]:
    """Return the values of a facet that carry information: all except the status "not yet checked"."""
    values = [entry.value for entry in edition.vocabulary.entries[name]]
    return [value for value in values if value != Status.NOT_YET_CHECKED]


def listed(name: str, values: Iterable[str]) -> str:
    """Return the address of the list of programmes with any of these values of a facet."""
    return f"{reverse('programmes:list')}?{urlencode([(name, value) for value in values])}"


def defect_rows(edition: CatalogueSnapshot, found: DataQualityCounts, year_ago: date) -> list[DataQualityRow]:
    """Return for each class of defects the number of programmes that have it. Three short queries."""
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
    """Return the number of programmes with a dead link, at most COUNTED. One query with LIMIT."""
    number = defects.with_dead_link(Programme.objects.all())[: COUNTED + 1].count()
    bounded = "more than these; counted so far" if number > COUNTED else ""
    return DataQualityRow("A link that leads nowhere", min(number, COUNTED), found.total, bounded=bounded)


def duplicates(found: DataQualityCounts) -> DataQualityRow:
    """Return the number of probable duplicates, among the last recorded programmes of a large catalogue. One query."""
    among = min(found.total, defects.NEWEST)
    bounded = f"of the {among:,} recorded last" if among < found.total else ""
    return DataQualityRow("Same provider and a close name", len(defects.probable_duplicates()), among, bounded=bounded)


def gaps(edition: CatalogueSnapshot) -> tuple[int, int]:
    """Return the number of recommendations of part ii without a programme, and the number of all of them. No query."""
    served = totals(edition)["recommendation"]
    part_ii = [r.number for r in edition.vocabulary.recommendations.values() if r.in_part_ii]
    return len([number for number in part_ii if not served.get(number)]), len(part_ii)
