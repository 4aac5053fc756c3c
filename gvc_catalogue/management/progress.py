"""Progress bars of management commands, shown only on a terminal."""

from collections.abc import Callable

from django.core.management.base import OutputWrapper

WIDTH = 40


def bars(out: OutputWrapper) -> Callable[[str, int, int], None]:
    """Return a progress callback with the arguments step name, number done and total; it writes only to a terminal."""

    def show(doing: str, done: int, total: int) -> None:
        if out.isatty():
            filled = WIDTH * done // max(1, total)
            end = "\n" if done == total else "\r"
            out.write(f"{doing} [{'#' * filled}{' ' * (WIDTH - filled)}] {done:,} of {total:,}", ending=end)
            out.flush()

    return show


def bar(out: OutputWrapper, doing: str) -> Callable[[int, int], None]:
    """Return a progress callback for a single step, with the arguments number done and total."""
    show = bars(out)
    return lambda done, total: show(doing, done, total)
