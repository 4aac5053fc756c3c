"""The node's locks on an index, and the process of its own that builds a large one."""

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

# The node's locks: a build may take a minute, and nobody who writes a change waits for it.
BUILDING, WRITING, STARTED = "building.lock", "writing.lock", "started.lock"


@contextmanager
def file_lock(root: Path, what: str, wait: bool = True) -> Iterator[IO[str]]:
    """Hold one of the node's locks on a catalogue's index; the system lets go of it when the process dies.

    Yields the file of the lock: a process that inherits it goes on holding the lock until it ends.

    Raises BlockingIOError when it is held and `wait` is false.
    """
    make_folder(root)
    with open(root / what, "w", opener=lock_opener) as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield file


def start_background_build(root: Path) -> None:
    """Start `rebuild_index`, unless it is being built already, or one that was started so has yet to end."""
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
    # Somebody must hear that it has ended, or the system keeps it.
    threading.Thread(target=process.wait, daemon=True).start()
