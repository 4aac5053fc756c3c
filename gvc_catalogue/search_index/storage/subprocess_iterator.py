"""Iterators that run in a forked subprocess, so that a large build uses all CPU cores."""

import gc
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from django.db import connections

Item = TypeVar("Item")
Work = Callable[[], Iterator[Item]]
# Items sent at a time.
BATCH = 1_000


@contextmanager
def in_process(work: Work[Item]) -> Iterator[Iterator[Item]]:
    """Yield an iterator over the items of `work`, computed lazily in this process."""
    items = work()
    try:
        yield items
    finally:
        # Closes its files and cursors now, not when its memory is freed.
        if isinstance(items, Generator):
            items.close()


@contextmanager
def in_subprocess(work: Work[Item]) -> Iterator[Iterator[Item]]:
    """Yield an iterator over the items of `work`, computed in a subprocess that starts at once.

    `work` may query the database. Must not be called in a transaction. When the subprocess has failed, the iterator
    raises ChildProcessError, an OSError, once the items received are used up.
    """
    # Two processes must not share a connection; the next query opens a new one.
    connections.close_all()
    fork = get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(work, ours, theirs))
    process.start()
    theirs.close()
    try:
        yield _received(ours)
    finally:
        ours.close()
        process.join()


def _received(ours: Connection) -> Iterator[Item]:
    try:
        while lot := ours.recv():
            yield from lot
    except EOFError:
        raise ChildProcessError("A process that takes part in building the index has failed.") from None


def _send(work: Work[Item], ours: Connection, theirs: Connection) -> None:
    """Send all items in batches, and an empty batch last; return when the receiver has closed the pipe."""
    # If this copy stayed open, sending would not fail after the receiver has closed its end.
    ours.close()
    # Items have no reference cycles, and the search for cycles takes a third of the time.
    gc.disable()
    items = work()
    try:
        while lot := list(islice(items, BATCH)):
            theirs.send(lot)
        theirs.send([])
    except BrokenPipeError:
        return
