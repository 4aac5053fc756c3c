"""Generation of this node's index: a token that is replaced each time that files of the index are found damaged.

Pages and open snapshots made from an earlier generation may be wrong, and no process uses them again. The token is
stored in a file beside the index, so it outlives the processes. Without damage it is "" on each node.
"""

import logging
import secrets
from pathlib import Path

from django.conf import settings

from .immutable_files import make_folder, replace

FILE = "generation"
# Tokens that could not be written to the file; they are known to this process only.
_unwritten: list[str] = []
# The token that this process read last, by path.
_read: dict[Path, str] = {}
logger = logging.getLogger(__name__)


def current() -> str:
    """Return the generation of the index on this node.

    Begins another generation when the file was removed since it was last read.
    """
    file = path()
    try:
        written = file.read_text()
    except FileNotFoundError:
        written = ""
    except OSError:
        # The file was not removed; the cause may be too many open files.
        written = _read.get(file, "")
    if written:
        _read[file] = written
    elif _read.pop(file, ""):
        begin_another()
        return current()
    return written + "".join(_unwritten[-1:])


def begin_another() -> None:
    """Begin another generation, which invalidates all pages and snapshots made so far.

    When the file cannot be written, the error is logged and the token is kept in this process.
    """
    token = secrets.token_hex(8)
    try:
        make_folder(path().parent)
        replace(path(), token.encode())
    except OSError as trouble:
        logger.error("Other processes were not told that the index is damaged: %s", trouble)
        _unwritten.append(token)


def path() -> Path:
    return Path(settings.INDEX_DIR) / FILE
