"""Files of an index: written once, read-only from then on, and replaced by rename, as they may be mapped.

Whoever shortens a mapped file ends every process that reads it (SIGBUS); what is renamed over it does not.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

READ_ONLY = 0o444
# What others than the owner may never do, whatever the umask: write.
FOLDER = 0o755
LOCK = 0o644


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are missing. Raises OSError."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(FOLDER, exist_ok=True)


def lock_opener(path: str, flags: int) -> int:
    """Open a lock file, for `open`."""
    return os.open(path, flags, LOCK)


def replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, in place of any other of its name. Raises OSError."""
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
    """Take the permission to write from files; one that has gone meanwhile is left out."""
    for path in paths:
        try:
            path.chmod(READ_ONLY)
        except FileNotFoundError:
            continue
