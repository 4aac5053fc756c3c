"""Index refresh: the first request after a change brings this node's search index up to date, without notifications.

Each request reads the database's revision. A process with an older snapshot reads the changes and, under the node's
lock, writes them to the engine's files, unless another process has done so. When there are too many changes, the index
is built again: a small catalogue at once, a large one by a background process, while the old snapshot is still served.
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

# Up to this number of entries, the index is built within a request.
SMALL = 5_000
# With more changes than this since the build, the index is built again.
MOST_CHANGES = 2_000
# Seconds between two deletions of old changes.
PRUNED_EACH = 3600
# The exceptions raised when files are missing, damaged or not writable.
DAMAGE = (OSError, ValueError, KeyError)
# Name of the file that marks a damaged build for which another generation has begun.
DISCARDED = "discarded"
logger = logging.getLogger(__name__)


INDEXES: list[SearchIndex] = []


class IndexAheadError(Exception):
    """Raised when the index is newer than the read replica: an index is never taken back to the state of a replica."""


class TooManyChangesError(Exception):
    """Raised when there are too many changes to apply one at a time."""


@dataclass(frozen=True)
class CurrentSnapshot:
    """The snapshot used for a request, with its `revision` and its state.

    `catching_up` is true while the snapshot is known to be stale, `away` while the database is unavailable and the
    newest revision unknown, `ahead` while the read replica is behind the snapshot.
    """

    snapshot: Snapshot
    catching_up: bool = False
    away: bool = False
    ahead: bool = False

    @property
    def passing(self) -> bool:
        """Whether a response made from this snapshot will soon be out of date."""
        return self.catching_up or self.away or self.ahead

    @property
    def revision(self) -> int:
        return self.snapshot.revision


class SearchIndex:
    """The search index of a subject on this node; `rebuild_index` finds it in INDEXES."""

    def __init__(self, subject: IndexDefinition) -> None:
        INDEXES.append(self)
        self.subject = subject
        self._mutex = threading.Lock()
        # The catalogue, the directory, the snapshot and the generation in use.
        self._served: tuple[str, Path | None, Snapshot, str] | None = None
        self._pruned = monotonic()

    def current_snapshot(self) -> CurrentSnapshot:
        """Return a snapshot that contains all changes committed before this call. One query when nothing changed.

        While the database is unavailable, returns the last snapshot; while a large catalogue is built again, the old
        one. Raises IndexUnavailableError when there is none, and DatabaseError when the database is unavailable and no
        snapshot is open.
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
        """Return whether this node has a build of the catalogue. One query."""
        return (self.root(str(database.current_revision().catalogue)) / CURRENT / "meta.json").exists()

    def give_up(self, damage: Exception) -> None:
        """Discard the snapshot from which `damage` was raised.

        The next request opens the files again, or builds the index again if they are damaged.
        """
        with self._mutex:
            # An OSError may only mean that too many files are open.
            directory = self._served[1] if self._served else None
            if directory and (not isinstance(damage.__cause__, OSError) or is_damaged(directory)):
                logger.warning("The index is damaged and is built anew: %s", damage)
                discard(directory)
            self._served = None

    def rebuild(self, progress: Progress | None = None, wait: bool = True) -> int:
        """Build the whole index again; return the number of entries.

        Raises BlockingIOError when a build is running already and `wait` is false.
        """
        now = database.current_revision()
        root = self.root(str(now.catalogue))
        database.prune()
        with file_lock(root, BUILDING, wait=wait):
            return Build(build(self.subject, root, now.number, progress)).count

    def root(self, catalogue: str) -> Path:
        """Return the directory of a catalogue's builds, which belongs to one schema version of one database."""
        return Path(settings.INDEX_DIR) / f"{catalogue}-{schema_version(self.subject)}"

    # ---- Catching up, one thread at a time

    def _catch_up(self, catalogue: str, number: int) -> CurrentSnapshot:
        """Return an up-to-date snapshot, built again if necessary. Raises IndexUnavailableError."""
        root = self.root(catalogue)
        try:
            return self._known(catalogue, root, number) or self._anew(catalogue, root, number)
        except DAMAGE as trouble:
            logger.error("The index cannot be written: %s", trouble)
            return self._in_memory(catalogue, number)

    def _known(self, catalogue: str, root: Path, number: int) -> CurrentSnapshot | None:
        """Return a snapshot of the existing build with later changes; None when it is missing, damaged or stale."""
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
        """Build a small catalogue in memory; the next change tries the folder again. Raises IndexUnavailableError."""
        self._served = None
        if self.subject.count() > SMALL:
            raise IndexUnavailableError
        snapshot = build_in_memory(self.subject, number)
        self._served = (catalogue, None, snapshot, generation.current())
        return CurrentSnapshot(snapshot)

    def _anew(self, catalogue: str, root: Path, number: int) -> CurrentSnapshot:
        """Build a small catalogue within the request, or start a background build of a large one."""
        if self.subject.count() > SMALL:
            return self._meanwhile(catalogue, root)
        with file_lock(root, BUILDING):
            build(self.subject, root, number)
        found = self._known(catalogue, root, number)
        if found is None:
            raise IndexUnavailableError
        return found

    def _followed(self, catalogue: str, root: Path, number: int, of: str) -> Snapshot:
        """Return the snapshot with later changes applied.

        Opens the build again when the served snapshot is of another generation. Raises TooManyChangesError or
        IndexAheadError, and OSError or ValueError for a damaged build.
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
        if keys is None or len(snapshot.delta.entries) + len(keys) > MOST_CHANGES:
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
        """Delete old changes from the database once an hour; otherwise only a rebuild does so."""
        if monotonic() < self._pruned + PRUNED_EACH:
            return
        self._pruned = monotonic()
        try:
            database.prune()
        except DatabaseError as trouble:
            logger.warning("Old changes were not forgotten, the next try is in an hour: %s", trouble)

    def _meanwhile(self, catalogue: str, root: Path) -> CurrentSnapshot:
        """Start a background build; return the old snapshot. Raises IndexUnavailableError when there is none."""
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
    """Return a build as a snapshot, at the revision of the build. Raises OSError or ValueError when it is damaged."""
    # With the lock held, the engine's commit and its stored checksums are always seen together.
    with file_lock(directory.parent, WRITING):
        found, engine = Build(directory), Engine(directory / "engine")
    return Snapshot.of(found, engine, shared, found.meta["revision"])


def directory_of(snapshot: Snapshot) -> Path:
    """Return the directory of a build on disk."""
    return Path(str(snapshot.build.directory))


def is_damaged(directory: Path) -> bool:
    """Return whether files of a build are missing or altered: results made from it may be wrong.

    Returns False when there is no build, or when it was discarded: another generation has begun already.
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
    """Discard a damaged build and begin another generation.

    No process of this node uses the build, or results made from it, any more.
    """
    # The order matters: a process that reads the new generation must not open the build again, and when a process is
    # killed in between, the build still counts as damaged.
    (directory / "meta.json").unlink(missing_ok=True)
    generation.begin_another()
    with suppress(OSError):
        (directory / DISCARDED).touch()
