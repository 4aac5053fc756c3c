"""File locks (flock) of this node on an index, and the background process that builds a large one."""

import fcntl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from .immutable_files import lock_opener, make_folder

# Three separate locks: a build may take a minute, and a process that writes changes must not wait for it.
BUILDING, WRITING, STARTED = "building.lock", "writing.lock", "started.lock"


@contextmanager
def file_lock(root: Path, what: str, wait: bool = True) -> Iterator[IO[str]]:
    """Hold one of the node's file locks on a catalogue's index; the operating system releases it when the process ends.

    Yields the lock file: a process that inherits it holds the lock until it ends.

    Raises BlockingIOError when another process holds the lock and `wait` is false.
    """
    make_folder(root)
    with open(root / what, "w", opener=lock_opener) as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield file


def start_background_build(root: Path) -> None:
    """Start `rebuild_index` in a background process, unless a build or a process started here is still running."""
    try:
        with file_lock(root, BUILDING, wait=False), file_lock(root, STARTED, wait=False) as file:
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "rebuild_index", "--unless-running"]
            process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[file.fileno()],
            )
    except BlockingIOError:
        return
    # A child process that is not waited for stays in the process table as a zombie.
    threading.Thread(target=process.wait, daemon=True).start()
