"""The node's locks on an index, and the process of its own that builds a large one."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# The node's locks: a build may take a minute, and nobody who writes a change waits for it.
BUILDING, WRITING = "building.lock", "writing.lock"


@contextmanager
def locked(root: Path, what: str, wait: bool = True) -> Iterator[None]:
    """Hold one of the node's locks on a catalogue's index; the system lets go of it when the process dies.

    Raises BlockingIOError when it is held and `wait` is false.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / what).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


def start_building(root: Path) -> None:
    """Start `rebuild_index`, unless somebody holds the lock: then it is being built already."""
    try:
        with locked(root, BUILDING, wait=False):
            pass
    except BlockingIOError:
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "rebuild_index", "--unless-running"]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
