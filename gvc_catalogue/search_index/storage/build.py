"""Full index build: writes all entries of the database to a new directory, then switches to it atomically.

For a large catalogue three processes work in parallel: one reads the entries, one makes the sets and sort orders, and
this one fills the engine.
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
# The name of an index's directory (see `SearchIndex.root` in sync/refresh.py), and the seconds without a write after
# which an index directory is deleted.
DIRECTORY_NAME = re.compile(r"[0-9a-f]{32}-[0-9a-f]{12}")
ABANDONED_AFTER = 30 * 24 * 3600
# The number of entries above which subprocesses are worth their start-up time.
LARGE = 20_000
Progress = Callable[[int], None]


def build(subject: IndexDefinition, root: Path, revision: int, progress: Progress | None = None) -> Path:
    """Build the index in a new directory below `root`, make it the current one, and return the directory.

    `revision` is the database revision read before the build. Changes committed during the build are applied by the
    process that opens it. Processes that have the previous build open continue to serve it; the operating system frees
    its files when the last of them closes it. On an error the new directory is deleted and the error is raised again.
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
    """Delete all builds but the newest two, and abandoned indexes. The second newest may still be open in a process."""
    for old in [*sorted(root.glob("build-*"), key=modified_at)[:-2], *abandoned_indexes(root)]:
        shutil.rmtree(old, ignore_errors=True)


def abandoned_indexes(root: Path) -> list[Path]:
    """Return the index directories beside `root` without a write for 30 days: those of former releases and databases.

    A release that still needs its index builds it again.
    """
    others = [other for other in root.parent.iterdir() if DIRECTORY_NAME.fullmatch(other.name) and other != root]
    return [other for other in others if max(map(modified_at, [other, *other.iterdir()])) < time() - ABANDONED_AFTER]


def modified_at(path: Path) -> float:
    """Return the modification time of a path in seconds since 1970; 0 when the path no longer exists."""
    return path.stat().st_mtime if path.exists() else 0


def write_build(subject: IndexDefinition, directory: Path, revision: int, progress: Progress) -> None:
    """Write all files of a build into its directory; meta.json is written last."""
    large = subject.count() > LARGE
    with (in_subprocess if large else in_process)(lambda: store_documents(subject, directory, large)) as found:
        # The engine starts threads, and a process must be forked while it has only one.
        count = Engine(directory / "engine", new=True).fill(documents(found, progress))
    note_engine(directory, revision)
    seal(directory, {"revision": revision, "count": count})


def store_documents(subject: IndexDefinition, directory: Folder, large: bool) -> Iterator[Indexed]:
    """Read all entries, yield each in the form for the engine, and write all other files of the build at the end."""
    builder = Builder(directory)
    with closing(builder), (in_subprocess if large else in_process)(lambda: subject.entries(None)) as entries:
        yield from map(builder.add, entries)
        builder.write()


def build_in_memory(subject: IndexDefinition, revision: int) -> Snapshot:
    """Return a snapshot of an index built in memory, for a small catalogue and for this process only."""
    folder, engine = MemoryFolder(), Engine(None)
    count = engine.fill(documents(store_documents(subject, folder, large=False), lambda number: None))
    meta = {"revision": revision, "count": count}
    return Snapshot.of(Build(folder, meta), engine, subject.shared(), revision)


def documents(found: Iterable[Indexed], progress: Progress) -> Iterator[Any]:
    """Yield each entry as a tantivy document; call `progress` with the count so far after every 1,000 entries."""
    for number, indexed in enumerate(found, start=1):
        yield document(*indexed)
        if number % 1000 == 0:
            progress(number)


def switch(root: Path, directory: Path) -> None:
    """Make a build the current one by an atomic rename of a symbolic link."""
    link = root / f"{CURRENT}-{directory.name}"
    link.symlink_to(directory.name)
    os.replace(link, root / CURRENT)
