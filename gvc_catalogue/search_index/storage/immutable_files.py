"""Immutable files of an index: written once, then read-only, and replaced by atomic rename.

The files may be memory-mapped. Truncating a mapped file kills every process that reads it (SIGBUS); renaming another
file over it does not.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

READ_ONLY = 0o444
# Modes without write permission for group and others, whatever the umask.
FOLDER = 0o755
LOCK = 0o644


def make_folder(path: Path) -> None:
    """Create a folder and its missing parents. Raises OSError."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(FOLDER, exist_ok=True)


def lock_opener(path: str, flags: int) -> int:
    """Open a lock file with mode 0644; passed to `open` as `opener`."""
    return os.open(path, flags, LOCK)


def replace(path: Path, data: bytes) -> None:
    """Write a file atomically: to a temporary file, then renamed over any file of that name. Raises OSError."""
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), READ_ONLY)
        os.replace(draft, path)
    except OSError:
        os.unlink(draft)
        raise


def make_read_only(paths: Iterable[Path]) -> None:
    """Remove the write permission of files; a file that no longer exists is skipped."""
    for path in paths:
        try:
            path.chmod(READ_ONLY)
        except FileNotFoundError:
            continue
