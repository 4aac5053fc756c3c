"""Crowds of readers on a server of this machine: each asks one thing after the other, on new connections."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic

# Longer than a place may be waited for, many times over.
GIVES_UP = 180.0


@dataclass
class Figures:
    """What a crowd got: seconds of each answer by its status, and what went wrong in a word."""

    times: dict[int, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)

    def note(self, status: int, seconds: float, head: str) -> None:
        self.times.setdefault(status, []).append(seconds)
        if status == 503 and "\r\nretry-after: " not in head.lower():
            self.wrong["503 without Retry-After"] += 1
        elif status not in (200, 503):
            self.wrong[f"status {status}"] += 1

    def count(self, status: int) -> int:
        return len(self.times.get(status, []))

    def at(self, status: int, share: float) -> float:
        """The seconds that so large a share of the answers with a status did not exceed."""
        found = sorted(self.times.get(status, [0.0]))
        return found[min(len(found) - 1, int(share * len(found)))]

    def __str__(self) -> str:
        each = (
            f"{status}: {len(found):,}, "
            f"p50 {1000 * self.at(status, 0.5):.0f} ms, p99 {1000 * self.at(status, 0.99):.0f} ms"
            for status, found in sorted(self.times.items())
        )
        return "; ".join(each) + (f"; wrong: {dict(self.wrong)}" if self.wrong else "")


async def ask(port: int, path: str) -> tuple[int, str]:
    """The status and the head of an answer, which is read to its end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        while await reader.read(1 << 16):
            pass
        return int(head[9:12]), head
    finally:
        writer.close()


async def _reader(port: int, paths: Iterator[str], goes_on: Callable[[], bool], figures: Figures) -> None:
    while goes_on():
        start = monotonic()
        try:
            status, head = await asyncio.wait_for(ask(port, next(paths)), GIVES_UP)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            figures.wrong[type(error).__name__] += 1
            await asyncio.sleep(0.05)
        else:
            figures.note(status, monotonic() - start, head)
            if status == 503:
                await asyncio.sleep(0.2)  # Less patient than it was told to be, but not mad.


def crowd(port: int, paths: Iterator[str], readers: int, goes_on: Callable[[], bool]) -> Figures:
    """Let so many readers ask for one path after the other as long as it goes on; return what they got."""
    figures = Figures()

    async def all_of_them() -> None:
        await asyncio.gather(*(_reader(port, paths, goes_on, figures) for _ in range(readers)))

    asyncio.run(all_of_them())
    return figures


def times(number: int) -> Callable[[], bool]:
    """Say yes so often, to all readers together."""
    left = iter(range(number))
    return lambda: next(left, None) is not None


def seconds(number: float) -> Callable[[], bool]:
    """Say yes for so long."""
    end = monotonic() + number
    return lambda: monotonic() < end


def pages(of: str = "/programmes.json") -> Iterator[str]:
    """Pages of the list that nobody has asked for before, each made anew. As HTML they need collected static files."""
    number = 0
    while True:
        number += 1
        yield f"{of}?q=many+x{number}"


def costly() -> Iterator[str]:
    """What takes long: whole lists as files, deep pages, prefixes of one letter."""
    number = 0
    while True:
        number += 1
        yield f"/programmes.csv?q=-x{number}"
        yield f"/programmes.json?page={51 + number % 40}&q=many"
        yield f"/search/suggest?q={chr(97 + number % 26)}&n={number}"
