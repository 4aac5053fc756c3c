"""Exceptions of the search index; gvc_catalogue/web/middleware/read_routing.py turns them into a 503 response."""

from collections.abc import Iterator
from contextlib import contextmanager


class IndexUnavailableError(Exception):
    """The index is unavailable: it is missing, and the catalogue is too large to build it within a request."""


class DamagedIndexError(ValueError):
    """The index is corrupt: a file was altered or cannot be read. The index must be opened again, or rebuilt."""


@contextmanager
def reading_index() -> Iterator[None]:
    """Convert read errors into DamagedIndexError: a file of an open index cannot be read, or was altered.

    The engine panics over some damaged files, which would end the process; this exception is converted too.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        raise DamagedIndexError(f"The index cannot be read: {error}") from error
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # The class cannot be imported.
            raise
        raise DamagedIndexError("The engine cannot read its files.") from None
