"""What became of the programmes: groups of statuses with numbers, years and certainty, and the programmes of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.urls import reverse
from pyroaring import BitMap

from gvc_catalogue.web.querystring import address
from gvc_catalogue.web.safe_url import web_host

from ..models import Status
from ..models.status import Certainty
from ..schema.records import ProgrammeRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.index_document import AS_OF
from ..search.list_query import ListQuery
from ..search.search import matching, read, totals
from .charts import page_chart
from .status_bar import status_bar
from .status_groups import GROUPS, KNOWN, StatusGroup
from .status_tag import StatusTag, status_tag

# The most programmes that a group lists; a link leads to the complete list.
LISTED = 100


@dataclass(frozen=True)
class CountedStatus:
    """A number of programmes, and the address of their list."""

    count: int
    url: str


@dataclass(frozen=True)
class ProgrammeFate:
    """A programme in the list of a group: its status tag, and the evidence with its title and date, if there is one."""

    programme: ProgrammeRecord
    tag: StatusTag
    evidence_title: str
    evidence_language: str


@dataclass(frozen=True)
class CountedStatusGroup:
    """A group of statuses: its number of programmes, how many are stated and inferred, the range of years.

    `first_year` and `last_year` are None where no programme of the group has a year; `dated` have one. `listed` are its
    programmes, last seen first, at most LISTED.
    """

    definition: StatusGroup
    total: CountedStatus
    stated: CountedStatus
    inferred: CountedStatus
    first_year: int | None
    last_year: int | None
    dated: int
    listed: list[ProgrammeFate]

    @property
    def years(self) -> str:
        """The range of years in words: "last seen 2016 to 2026", "in 2006 to 2023, the year of 2 unknown"."""
        if not self.first_year:
            return ""
        last = f" to {self.last_year}" if self.last_year != self.first_year else ""
        missing = self.total.count - self.dated
        unknown = f", the year of {missing:,} unknown" if missing else ""
        return f"{self.definition.years_in_words} {self.first_year}{last}{unknown}"


def status_groups(edition: CatalogueSnapshot) -> list[CountedStatusGroup]:
    """Return the groups of statuses in their order, those that no programme was ever in left out. No query.

    The group of programmes that were not checked yet is returned only where there are any.
    """
    groups = [status_group(definition, edition) for definition in GROUPS]
    return [group for group in groups if group.total.count or group.definition.key != Status.NOT_YET_CHECKED]


def status_group(definition: StatusGroup, edition: CatalogueSnapshot) -> CountedStatusGroup:
    """Return one group of statuses, with at most LISTED of its programmes. No query."""
    members = matching(of_statuses(definition.statuses), edition).members
    years = {int(year): found & members for year, found in edition.snapshot.groups(definition.years).items() if year}
    within = sorted(year for year, found in years.items() if found)
    return CountedStatusGroup(
        definition,
        counted(of_statuses(definition.statuses), edition),
        counted(of_statuses(definition.statuses, Certainty.STATED), edition),
        counted(of_statuses(definition.statuses, Certainty.INFERRED), edition),
        within[0] if within else None,
        within[-1] if within else None,
        sum(map(len, years.values())),
        [fate(record) for record in read(map(edition.snapshot.record, last_seen_first(members, LISTED, edition)))],
    )


def of_statuses(statuses: tuple[str, ...], *certainty: str) -> ListQuery:
    """Return the list query for any of these statuses."""
    values: dict[str, Any] = {"status": statuses, "certainty": certainty}
    return ListQuery(**values)


def counted(query: ListQuery, edition: CatalogueSnapshot) -> CountedStatus:
    """Return the number of programmes of a list with its address. No query."""
    return CountedStatus(matching(query, edition).total, address(reverse("programmes:list"), query.pairs))


def last_seen_first(members: BitMap, limit: int, edition: CatalogueSnapshot) -> Iterator[int]:
    """Return the ordinals of programmes by the year in which they were last seen, the last first, then by name."""
    years = edition.snapshot.groups(AS_OF)
    newest_first = (years[year] & members for year in sorted(years, reverse=True))
    return islice((o for found in newest_first for o in edition.snapshot.by_name(found, 0, limit)), limit)


def fate(record: ProgrammeRecord) -> ProgrammeFate:
    """Return a programme for the list of its group. The evidence is called by the title of its link, or its host."""
    link = next((link for link in record["links"] if link["url"] == record["evidence"]), None)
    title = link["title"] if link and link["title"].strip() else web_host(record["evidence"])
    return ProgrammeFate(record, status_tag(record), title, link["language"] if link else "")


def outcomes_context(edition: CatalogueSnapshot) -> dict[str, Any]:
    """Return the context of the page about all outcomes. No query."""
    groups = status_groups(edition)
    return {
        "section": "what_became",
        "groups": groups,
        "status_bar": status_bar(ListQuery(), totals(edition)["status"]),
        "total": len(edition.snapshot.all),
        "known": counted(of_statuses(KNOWN), edition),
        "last_checked": last_checked(edition),
        "charts": {name: page_chart(f"status-by-{name}", ListQuery(), edition) for name in ("country", "category")},
        "timeline": page_chart("timeline", ListQuery(), edition),
    }


def last_checked(edition: CatalogueSnapshot) -> date | None:
    """Return the last day on which the status of a programme was looked up, None for never. No query."""
    days = edition.snapshot.groups("checked").keys() - {""}
    return date.fromisoformat(max(days)) if days else None
