"""Catalogue snapshot: the search index and the facet labels of one revision. Each request reads one snapshot."""

from __future__ import annotations

from dataclasses import dataclass

from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.web.middleware.page_cache import do_not_cache

from .facet_labels import FacetLabels
from .index_document import INDEX


@dataclass(frozen=True)
class CatalogueSnapshot:
    """Immutable snapshot: the facet labels (`vocabulary`) and the search index (`snapshot`) at the same revision.

    `catching_up` is true while the index is known to be behind the database, `away` while the database does not answer.
    """

    vocabulary: FacetLabels
    snapshot: Snapshot
    catching_up: bool = False
    away: bool = False

    @classmethod
    def now(cls) -> CatalogueSnapshot:
        """Return the snapshot of the last committed revision. One query when nothing changed.

        A response from a temporary snapshot is excluded from the page cache.
        Raises IndexUnavailableError while no index is available; the middleware returns 503.
        """
        served = INDEX.current_snapshot()
        if served.passing:
            do_not_cache()
        return cls(served.snapshot.shared.reference, served.snapshot, served.catching_up, served.away)

    @property
    def stamp(self) -> CitedRevision:
        """The revision as it is printed in citations. No query."""
        return CitedRevision.of(self.snapshot.revision)
