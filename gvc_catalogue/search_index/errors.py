"""Errors of the search index; gvc_catalogue/web/middleware/read_routing.py answers a request that raises one."""

from collections.abc import Iterator
from contextlib import contextmanager


class IndexUnavailableError(Exception):
    """No index can answer: it is missing, and the catalogue is too large to build it within a request."""


class DamagedIndexError(ValueError):
    """A file of the index is not as it was written, or cannot be read: it must be opened again, or built anew."""


@contextmanager
def reading_index() -> Iterator[None]:
    """Raise DamagedIndexError where a file of an open index cannot be read, or is not what was written.

    The engine panics over some damaged files, which would end the process.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        raise DamagedIndexError(f"The index cannot be read: {error}") from error
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # It can be imported from nowhere.
            raise
        raise DamagedIndexError("The engine cannot read its files.") from None
