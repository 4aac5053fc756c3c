"""How far a command is, where someone looks at it."""

from collections.abc import Callable

from django.core.management.base import OutputWrapper

WIDTH = 40


def bars(out: OutputWrapper) -> Callable[[str, int, int], None]:
    """Return what is told what is being done, how much of it is done, and of how much; it shows only on a terminal."""

    def show(doing: str, done: int, total: int) -> None:
        if out.isatty():
            filled = WIDTH * done // max(1, total)
            end = "\n" if done == total else "\r"
            out.write(f"{doing} [{'#' * filled}{' ' * (WIDTH - filled)}] {done:,} of {total:,}", ending=end)
            out.flush()

    return show


def bar(out: OutputWrapper, doing: str) -> Callable[[int, int], None]:
    """Return the same for one thing that is being done."""
    show = bars(out)
    return lambda done, total: show(doing, done, total)
