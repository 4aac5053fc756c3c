"""The generation of this node's index: another one each time that its files turn out damaged.

What was made of the former generation, pages and open snapshots, may be wrong and is not used again, by no process.
It stands in a file beside the index, so that it outlives them. Without damage it is "" on each node.
"""

import logging
import secrets
from pathlib import Path

from django.conf import settings

from .immutable_files import make_folder, replace

FILE = "generation"
# Where the file cannot be written, at least this process knows.
_unwritten: list[str] = []
# What this process read last, by path.
_read: dict[Path, str] = {}
logger = logging.getLogger(__name__)


def current() -> str:
    """Return the generation of the index on this node; another one where the file was removed since it was read."""
    file = path()
    try:
        written = file.read_text()
    except FileNotFoundError:
        written = ""
    except OSError:
        # Not removed: too many open files, say.
        written = _read.get(file, "")
    if written:
        _read[file] = written
    elif _read.pop(file, ""):
        begin_another()
        return current()
    return written + "".join(_unwritten[-1:])


def begin_another() -> None:
    """Let nothing that was made so far be used again."""
    token = secrets.token_hex(8)
    try:
        make_folder(path().parent)
        replace(path(), token.encode())
    except OSError as trouble:
        logger.error("Other processes were not told that the index is damaged: %s", trouble)
        _unwritten.append(token)


def path() -> Path:
    return Path(settings.INDEX_DIR) / FILE
