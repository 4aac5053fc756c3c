"""The catalogue at one revision: what a request is answered from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from gvc_catalogue.lib.imprint import Stamp
from gvc_catalogue.lib.kept import not_to_be_kept
from gvc_catalogue.lib.text_index.snapshot import Snapshot
from gvc_catalogue.lib.text_index.syncing import Unavailable

from .indexing import INDEX
from .vocabulary import Vocabulary

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Edition:
    """`snapshot` is None while the index cannot answer.

    `catching_up` while it is known to be behind, `away` while the database does not say how far it is.
    """

    vocabulary: Vocabulary
    snapshot: Snapshot | None = None
    catching_up: bool = False
    away: bool = False

    @classmethod
    def now(cls) -> Edition:
        """Return what is committed. One query when nothing changed; three more where there is no index."""
        try:
            served = INDEX.serve()
        except Unavailable:
            not_to_be_kept()
            return cls(Vocabulary.load())
        if served.passing:
            not_to_be_kept()
        return cls(served.snapshot.shared.reference, served.snapshot, served.catching_up, served.away)

    @property
    def stamp(self) -> Stamp:
        """What citations say of it; a query at most, and that only where there is no index."""
        return Stamp.of(self.snapshot.revision) if self.snapshot else Stamp.now()

    def answer(self, by_index: Callable[[Snapshot], Answer], by_database: Callable[[], Answer]) -> Answer:
        """Return what the index answers; what the database does where there is none, or where it is damaged."""
        if self.snapshot is None:
            return by_database()
        try:
            return by_index(self.snapshot)
        except (OSError, ValueError) as damage:
            not_to_be_kept()
            INDEX.give_up(damage)
            return by_database()
