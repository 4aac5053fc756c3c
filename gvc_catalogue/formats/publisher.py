"""Who publishes the catalogue, under which licence, and at which revision it is cited: said here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gvc_catalogue.database.router import stale_revision
from gvc_catalogue.search_index.sync import revision

CATALOGUE = "GVC Policy Catalogue"
OECD = "Organisation for Economic Co-operation and Development"
STATEMENT = "OECD Tokyo Action Statement for Strengthening the Role of SMEs in Global Value Chains"
ADOPTED = date(2007, 6, 1)

LICENCE = "Creative Commons Attribution 4.0 International (CC BY 4.0)"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = (
    "The text of the Action Statement is the OECD’s, quoted for reference and study. The catalogue’s own data (names, "
    f"short titles, keys, countries, providers and places) is offered under {LICENCE}, {LICENCE_URL}"
)


@dataclass(frozen=True)
class CitedRevision:
    """What every citation says: the number of the revision that is shown, and the day on which it is read."""

    revision: int
    today: date

    @classmethod
    def of(cls, number: int) -> CitedRevision:
        """Return the stamp of a revision, read now."""
        return cls(number, datetime.now(UTC).date())

    @classmethod
    def now(cls) -> CitedRevision:
        """Return the stamp of what is committed; a query, unless the request knows the revision already.

        While the database is away, that of the revision which the page shows.
        """
        return cls.of(stale_revision() or revision.current_revision().number)

    @property
    def made(self) -> datetime:
        """When the revision was made, to the second: its number counts microseconds since 1970."""
        return datetime.fromtimestamp(self.revision // 1_000_000, UTC)
