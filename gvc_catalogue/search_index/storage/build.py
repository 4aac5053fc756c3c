"""A whole build: everything of the database, into a new directory, switched to at once.

Of a large catalogue one process reads the entries, one makes the sets and orders, and this one fills the engine.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from time import time
from typing import Any

from gvc_catalogue.search_index.documents import IndexDefinition
from gvc_catalogue.search_index.snapshot import Snapshot

from .checksums import note_engine
from .immutable_files import make_folder
from .memory import MemoryFolder
from .store import Build, Builder, Folder, Indexed, seal
from .subprocess_iterator import in_process, in_subprocess
from .tantivy_engine import Engine, document

CURRENT = "current"
# What an index's directory is called (syncing.root), and the seconds after which one that nobody writes to is deleted.
DIRECTORY_NAME = re.compile(r"[0-9a-f]{32}-[0-9a-f]{12}")
ABANDONED_AFTER = 30 * 24 * 3600
# From so many entries on, processes are worth their start.
LARGE = 20_000
Progress = Callable[[int], None]


def build(subject: IndexDefinition, root: Path, revision: int, progress: Progress | None = None) -> Path:
    """Build the index in a new directory below `root` and make it the current one; return the directory.

    `revision` is the one read before: what changes meanwhile is read again by whoever opens the build. The one
    that was current goes on serving who has it open; the system frees its files with the last reader.
    """
    make_folder(root)
    directory = Path(tempfile.mkdtemp(prefix="build-", dir=root))
    try:
        write_build(subject, directory, revision, progress or (lambda number: None))
        switch(root, directory)
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    delete_old_builds(root)
    return directory


def delete_old_builds(root: Path) -> None:
    """Delete all builds but the newest two, since somebody may still read the one before; and forgotten indexes."""
    for old in [*sorted(root.glob("build-*"), key=modified_at)[:-2], *abandoned_indexes(root)]:
        shutil.rmtree(old, ignore_errors=True)


def abandoned_indexes(root: Path) -> list[Path]:
    """Return the indexes beside this one that nothing was written to for a month: of former releases and databases.

    A release that still needs its own builds it again.
    """
    others = [other for other in root.parent.iterdir() if DIRECTORY_NAME.fullmatch(other.name) and other != root]
    return [other for other in others if max(map(modified_at, [other, *other.iterdir()])) < time() - ABANDONED_AFTER]


def modified_at(path: Path) -> float:
    """Return when something was written there last, in seconds; 0 when it has gone meanwhile."""
    return path.stat().st_mtime if path.exists() else 0


def write_build(subject: IndexDefinition, directory: Path, revision: int, progress: Progress) -> None:
    """Write all files of a build into its directory; meta.json last."""
    large = subject.count() > LARGE
    with (in_subprocess if large else in_process)(lambda: store_documents(subject, directory, large)) as found:
        # Not before: a process is parted while it has but one thread.
        count = Engine(directory / "engine", new=True).fill(documents(found, progress))
    note_engine(directory, revision)
    seal(directory, {"revision": revision, "count": count})


def store_documents(subject: IndexDefinition, directory: Folder, large: bool) -> Iterator[Indexed]:
    """Read all entries, yield them as the engine wants them, and write all else that is known of them."""
    builder = Builder(directory)
    with closing(builder), (in_subprocess if large else in_process)(lambda: subject.entries(None)) as entries:
        yield from map(builder.add, entries)
        builder.write()


def build_in_memory(subject: IndexDefinition, revision: int) -> Snapshot:
    """Build the index of a small catalogue in memory, for this process alone."""
    folder, engine = MemoryFolder(), Engine(None)
    count = engine.fill(documents(store_documents(subject, folder, large=False), lambda number: None))
    meta = {"revision": revision, "count": count}
    return Snapshot.of(Build(folder, meta), engine, subject.shared(), revision)


def documents(found: Iterable[Indexed], progress: Progress) -> Iterator[Any]:
    """Yield entries in the engine's form, and tell how many there were so far."""
    for number, indexed in enumerate(found, start=1):
        yield document(*indexed)
        if number % 1000 == 0:
            progress(number)


def switch(root: Path, directory: Path) -> None:
    """Make a build the current one, at once for everybody."""
    link = root / f"{CURRENT}-{directory.name}"
    link.symlink_to(directory.name)
    os.replace(link, root / CURRENT)
