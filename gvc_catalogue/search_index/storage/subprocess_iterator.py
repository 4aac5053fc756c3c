"""Work done in a process of its own, so that a large build keeps all cores busy."""

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
# So many are handed over at a time.
BATCH = 1_000


@contextmanager
def in_process(work: Work[Item]) -> Iterator[Iterator[Item]]:
    """Yield what `work` yields, as it is asked for."""
    items = work()
    try:
        yield items
    finally:
        # What it has open is closed now, not when its memory is freed.
        if isinstance(items, Generator):
            items.close()


@contextmanager
def in_subprocess(work: Work[Item]) -> Iterator[Iterator[Item]]:
    """Yield what `work` yields in a process that starts at once; it may ask the database. Not in a transaction.

    Whoever goes on to the end raises ChildProcessError, an OSError, when that process has failed.
    """
    # Two processes must not share a connection; whoever needs one next opens it anew.
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
    """Send all in lots, and an empty one last; end when nobody listens any more."""
    # Were it open here too, nobody would learn that the other end is closed.
    ours.close()
    # What is made here has no rings, and looking for them takes a third of the time.
    gc.disable()
    items = work()
    try:
        while lot := list(islice(items, BATCH)):
            theirs.send(lot)
        theirs.send([])
    except BrokenPipeError:
        return
