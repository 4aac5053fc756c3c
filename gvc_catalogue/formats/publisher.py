"""Publication metadata: publisher, source, licence and cited revision of the catalogue, defined only here."""

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
    """Revision stamp of a citation: the number of the revision shown, and the retrieval date in UTC."""

    revision: int
    today: date

    @classmethod
    def of(cls, number: int) -> CitedRevision:
        """Return the stamp of a revision, with today's date in UTC. No query."""
        return cls(number, datetime.now(UTC).date())

    @classmethod
    def now(cls) -> CitedRevision:
        """Return the stamp of the committed revision. One query, or none where the request knows it already.

        While the database is unavailable, return that of the stale revision that the page shows. No query.
        """
        return cls.of(stale_revision() or revision.current_revision().number)

    @property
    def made(self) -> datetime:
        """Return the time of the revision in UTC, to the second; its number counts microseconds since 1970."""
        return datetime.fromtimestamp(self.revision // 1_000_000, UTC)
