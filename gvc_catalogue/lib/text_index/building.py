"""A whole build: everything of the database, into a new directory, switched to at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from .engine import Engine, document
from .entries import Subject
from .store import Builder

CURRENT = "current"
Progress = Callable[[int], None]


def build(subject: Subject, root: Path, revision: int, progress: Progress | None = None) -> Path:
    """Build the index in a new directory below `root` and make it the current one; return the directory.

    `revision` is the one read before: what changes meanwhile is read again by whoever opens the build. The one
    that was current goes on serving who has it open; the system frees its files with the last reader.
    """
    root.mkdir(parents=True, exist_ok=True)
    directory = Path(tempfile.mkdtemp(prefix="build-", dir=root))
    try:
        fill(subject, directory, revision, progress or (lambda number: None))
        switch(root, directory)
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    tidy(root)
    return directory


def tidy(root: Path) -> None:
    """Delete all builds but the newest two: somebody may still read the one before."""
    for old in sorted(root.glob("build-*"), key=lambda path: path.stat().st_mtime)[:-2]:
        shutil.rmtree(old, ignore_errors=True)


def fill(subject: Subject, directory: Path, revision: int, progress: Progress) -> None:
    """Write all files of a build into its directory; the engine's first, and meta.json last."""
    builder = Builder(directory)
    with closing(builder):
        _fill(subject, builder, revision, progress)


def _fill(subject: Subject, builder: Builder, revision: int, progress: Progress) -> None:
    directory = builder.directory
    engine = Engine(directory / "engine", new=True)

    def documents() -> Iterator[Any]:
        for number, entry in enumerate(subject.entries(None), start=1):
            yield document(entry, builder.add(entry))
            if number % 1000 == 0:
                progress(number)

    engine.fill(documents())
    (directory / "engine-revision").write_text(str(revision))
    builder.write({"revision": revision})


def switch(root: Path, directory: Path) -> None:
    """Make a build the current one, at once for everybody."""
    link = root / f"{CURRENT}-{directory.name}"
    link.symlink_to(directory.name)
    os.replace(link, root / CURRENT)
