"""Freshness: whoever asks first after a change brings the node's index up to date, and nobody has to be told.

Each request reads the database's revision. A process whose snapshot is behind reads what changed, and under the
node's lock writes it to the engine's files, unless another process has. Too much to follow is built anew: a small
catalogue at once, a large one by a process of its own, while the old snapshot goes on serving.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import DatabaseError

from gvc_catalogue.database.router import PRIMARY, read_alias, show_stale_revision
from gvc_catalogue.search_index.documents import IndexDefinition, SharedTexts
from gvc_catalogue.search_index.errors import IndexUnavailableError
from gvc_catalogue.search_index.schema_version import schema_version
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.search_index.storage import generation
from gvc_catalogue.search_index.storage.build import CURRENT, Progress, build, build_in_memory
from gvc_catalogue.search_index.storage.checksums import engine_revision, note_engine
from gvc_catalogue.search_index.storage.locks import BUILDING, WRITING, file_lock, start_background_build
from gvc_catalogue.search_index.storage.store import Build
from gvc_catalogue.search_index.storage.tantivy_engine import Engine

from . import revision as database

# Fewer entries than this are built anew within a request.
SMALL = 5_000
# More changes than this since the build, and it is built anew.
MOST_CHANGES = 2_000
# Seconds after which old changes are forgotten again.
PRUNED_EACH = 3600
# What is raised where files are missing, damaged or cannot be written.
DAMAGE = (OSError, ValueError, KeyError)
# Marks a damaged build after which another generation began.
DISCARDED = "discarded"
logger = logging.getLogger(__name__)


INDEXES: list[SearchIndex] = []


class IndexAheadError(Exception):
    """The index has more than the replica that is read: it never goes back on a replica's word."""


class TooManyChangesError(Exception):
    """More has changed than can be followed change by change."""


@dataclass(frozen=True)
class CurrentSnapshot:
    """A snapshot to answer from, and the `revision` that it shows.

    `catching_up` while it is known to be behind, `away` while the database does not say how far it is, `ahead` while
    the replica that is read is behind it.
    """

    snapshot: Snapshot
    catching_up: bool = False
    away: bool = False
    ahead: bool = False

    @property
    def passing(self) -> bool:
        """Whether what is answered will not be true for long."""
        return self.catching_up or self.away or self.ahead

    @property
    def revision(self) -> int:
        return self.snapshot.revision


class SearchIndex:
    """The index of a subject on this node; `rebuild_index` finds it in INDEXES."""

    def __init__(self, subject: IndexDefinition) -> None:
        INDEXES.append(self)
        self.subject = subject
        self._mutex = threading.Lock()
        # The catalogue, the directory and the generation of what is served.
        self._served: tuple[str, Path | None, Snapshot, str] | None = None
        self._pruned = monotonic()

    def serve(self) -> CurrentSnapshot:
        """Return a snapshot that has all that was committed before this call; one query when nothing changed.

        While the database is away it is the last one, and while a large catalogue is built anew the old one. Raises
        IndexUnavailableError when there is none.
        """
        try:
            now = database.consistent_revision()
        except DatabaseError:
            if self._served is None:
                raise
            show_stale_revision(self._served[2].revision)
            return CurrentSnapshot(self._served[2], away=True)
        served = self._served
        known = (str(now.catalogue), generation.current())
        if served and (served[0], served[3]) == known and served[2].revision == now.number:
            return CurrentSnapshot(served[2])
        with self._mutex, database.held() as now:
            found = self._catch_up(str(now.catalogue), now.number)
        self._prune()
        return found

    def exists(self) -> bool:
        """Whether this node has a build of the catalogue to answer from."""
        return (self.root(str(database.current_revision().catalogue)) / CURRENT / "meta.json").exists()

    def give_up(self, damage: Exception) -> None:
        """Stop answering from what raised; the next request opens the files again, or builds where they are damaged."""
        with self._mutex:
            # An OSError may mean no more than that too many files are open.
            directory = self._served[1] if self._served else None
            if directory and (not isinstance(damage.__cause__, OSError) or is_damaged(directory)):
                logger.warning("The index is damaged and is built anew: %s", damage)
                discard(directory)
            self._served = None

    def rebuild(self, progress: Progress | None = None, wait: bool = True) -> int:
        """Build everything anew; return how many entries there are.

        Raises BlockingIOError when it is being built already and `wait` is false.
        """
        now = database.current_revision()
        root = self.root(str(now.catalogue))
        database.prune()
        with file_lock(root, BUILDING, wait=wait):
            return Build(build(self.subject, root, now.number, progress)).count

    def root(self, catalogue: str) -> Path:
        """The directory of a catalogue's builds: one schema version of one database."""
        return Path(settings.INDEX_DIR) / f"{catalogue}-{schema_version(self.subject)}"

    # ---- Catching up, one thread at a time

    def _catch_up(self, catalogue: str, number: int) -> CurrentSnapshot:
        """Return an up-to-date snapshot, built anew where it must be. Raises IndexUnavailableError."""
        root = self.root(catalogue)
        try:
            return self._known(catalogue, root, number) or self._anew(catalogue, root, number)
        except DAMAGE as trouble:
            logger.error("The index cannot be written: %s", trouble)
            return self._in_memory(catalogue, number)

    def _known(self, catalogue: str, root: Path, number: int) -> CurrentSnapshot | None:
        """Return what follows from the build that there is; None when it is missing, damaged, or too far behind."""
        of = generation.current()
        try:
            snapshot = self._followed(catalogue, root, number, of)
        except TooManyChangesError:
            return None
        except IndexAheadError as ahead:
            snapshot = ahead.args[0]
        except DAMAGE as damage:
            logger.warning("The index is missing or damaged and is built anew: %s", damage)
            current = (root / CURRENT).resolve()
            if is_damaged(current):
                discard(current)
            self._served = None
            return None
        self._served = (catalogue, directory_of(snapshot), snapshot, of)
        return CurrentSnapshot(snapshot, ahead=snapshot.revision > number)

    def _in_memory(self, catalogue: str, number: int) -> CurrentSnapshot:
        """Build a small catalogue in memory; the next change tries the folder again."""
        self._served = None
        if self.subject.count() > SMALL:
            raise IndexUnavailableError
        snapshot = build_in_memory(self.subject, number)
        self._served = (catalogue, None, snapshot, generation.current())
        return CurrentSnapshot(snapshot)

    def _anew(self, catalogue: str, root: Path, number: int) -> CurrentSnapshot:
        """Build a small catalogue at once, and have a large one built meanwhile."""
        if self.subject.count() > SMALL:
            return self._meanwhile(catalogue, root)
        with file_lock(root, BUILDING):
            build(self.subject, root, number)
        found = self._known(catalogue, root, number)
        if found is None:
            raise IndexUnavailableError
        return found

    def _followed(self, catalogue: str, root: Path, number: int, of: str) -> Snapshot:
        """Return the snapshot with what changed since, opened anew where the served one is of another generation.

        Raises TooMuch, or OSError or ValueError for a damaged build.
        """
        current = (root / CURRENT).resolve(strict=True)
        served = self._served
        if served and (served[0], served[1], served[3]) == (catalogue, current, of):
            snapshot = served[2]
        else:
            snapshot = open_build(current, self.subject.shared())
        if snapshot.revision == number:
            return snapshot
        return self._with_changes(root, snapshot, number)

    def _with_changes(self, root: Path, snapshot: Snapshot, number: int) -> Snapshot:
        if snapshot.revision > number and read_alias() != PRIMARY:
            raise IndexAheadError(snapshot)
        changes = database.changes(snapshot.revision, number) if snapshot.revision < number else None
        keys = None if changes is None else self.subject.affected(changes)
        if keys is None or len(snapshot.newer.entries) + len(keys) > MOST_CHANGES:
            raise TooManyChangesError
        entries = list(self.subject.entries(keys)) if keys else []
        with file_lock(root, WRITING):
            directory = directory_of(snapshot)
            if engine_revision(directory) < number:
                snapshot.engine.write(keys, entries)
                note_engine(directory, number)
        snapshot.engine.reload()
        same = {change.table for change in changes or ()} <= self.subject.of_entries
        return snapshot.with_changes(keys, entries, snapshot.shared if same else self.subject.shared(), number)

    def _prune(self) -> None:
        """Have the database forget old changes, once an hour: nobody else does while no index is rebuilt."""
        if monotonic() < self._pruned + PRUNED_EACH:
            return
        self._pruned = monotonic()
        try:
            database.prune()
        except DatabaseError as trouble:
            logger.warning("Old changes were not forgotten, the next try is in an hour: %s", trouble)

    def _meanwhile(self, catalogue: str, root: Path) -> CurrentSnapshot:
        """Have it built by a process of its own; answer from the old snapshot if there is one."""
        try:
            start_background_build(root)
        except OSError as trouble:
            logger.error("The index cannot be built: %s", trouble)
        if self._served and self._served[0] == catalogue:
            return CurrentSnapshot(self._served[2], catching_up=True)
        try:
            snapshot = open_build((root / CURRENT).resolve(strict=True), self.subject.shared())
        except DAMAGE:
            raise IndexUnavailableError from None
        return CurrentSnapshot(snapshot, catching_up=True)


def open_build(directory: Path, shared: SharedTexts) -> Snapshot:
    """Return a build as a snapshot, at the revision it was made of. Raises OSError or ValueError when it is damaged."""
    # The engine's commit and the note of its sums are one to others.
    with file_lock(directory.parent, WRITING):
        found, engine = Build(directory), Engine(directory / "engine")
    return Snapshot.of(found, engine, shared, found.meta["revision"])


def directory_of(snapshot: Snapshot) -> Path:
    """Return the directory of a build on disk."""
    return Path(str(snapshot.build.directory))


def is_damaged(directory: Path) -> bool:
    """Whether the files of a build are not as they were written, or missing: what was answered from it may be wrong.

    No build, or one that was discarded, is no damage: another generation has begun already.
    """
    if not directory.is_dir() or (directory / DISCARDED).exists():
        return False
    try:
        with file_lock(directory.parent, WRITING):
            Build(directory)
    except DAMAGE:
        return True
    return False


def discard(directory: Path) -> None:
    """Let a damaged build be used no more, nor what was made of it, by any process of this node."""
    # In this order: a process that learns of the other generation must not open the build again, and a process that
    # is killed in between leaves a build that still counts as damaged.
    (directory / "meta.json").unlink(missing_ok=True)
    generation.begin_another()
    with suppress(OSError):
        (directory / DISCARDED).touch()
