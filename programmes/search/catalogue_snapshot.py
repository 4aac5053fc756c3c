"""The catalogue at one revision: what a request is answered from."""

from __future__ import annotations

from dataclasses import dataclass

from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.web.middleware.page_cache import do_not_cache

from .facet_labels import FacetLabels
from .index_document import INDEX


@dataclass(frozen=True)
class CatalogueSnapshot:
    """The vocabulary and the search index at the same revision.

    `catching_up` while the index is known to be behind, `away` while the database does not answer.
    """

    vocabulary: FacetLabels
    snapshot: Snapshot
    catching_up: bool = False
    away: bool = False

    @classmethod
    def now(cls) -> CatalogueSnapshot:
        """Return the last committed state. One query when nothing changed.

        Raises IndexUnavailableError while no index can answer; the middleware answers 503.
        """
        served = INDEX.serve()
        if served.passing:
            do_not_cache()
        return cls(served.snapshot.shared.reference, served.snapshot, served.catching_up, served.away)

    @property
    def stamp(self) -> CitedRevision:
        """The revision as citations print it; no query."""
        return CitedRevision.of(self.snapshot.revision)
