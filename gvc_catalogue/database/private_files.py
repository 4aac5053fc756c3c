"""File permissions of files with secrets: only the owner may read them, whatever the umask. Standard library only."""

import os
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
OTHERS = 0o077


def restrict(path: Path) -> None:
    """Remove all permissions of group and others, if the path exists and this user owns it."""
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        mode = path.stat().st_mode
        if mode & OTHERS:
            path.chmod(mode & 0o700)


def create_private(path: Path) -> None:
    """Create an empty file with mode 0600, or restrict the permissions of an existing one. Raises OSError."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=PRIVATE_FILE))
    restrict(path)
