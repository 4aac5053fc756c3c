"""Many addresses at once, several hosts side by side, each host's one after the other."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

from .url_policy import ForbiddenUrlError, parse

# How many addresses are looked ahead for hosts that nobody asks at the moment.
AHEAD = 2_000
Got = TypeVar("Got")


class HostQueues:
    """Addresses by host, taken from a long list only as far as they are needed."""

    def __init__(self, urls: Iterator[str], ahead: int = AHEAD) -> None:
        self.urls, self.ahead = urls, ahead
        self.waiting: dict[str, deque[str]] = {}
        self.number = 0

    def take(self, busy: set[str]) -> tuple[str, str] | None:
        """Return a host that is not busy and its next address; None when there is none."""
        for url in islice(self.urls, self.ahead - self.number):
            self.waiting.setdefault(_host(url), deque()).append(url)
            self.number += 1
        host = next((host for host in self.waiting if host not in busy), None)
        if host is None:
            return None
        # Behind all others again: hosts take turns.
        queue = self.waiting.pop(host)
        url = queue.popleft()
        if queue:
            self.waiting[host] = queue
        self.number -= 1
        return host, url


def run_in_parallel(
    urls: Iterator[str], ask: Callable[[str], Got], stop: Callable[[], None], threads: int
) -> Generator[tuple[str, Got], None, None]:
    """Yield each address with its answer, as they come. When the caller goes away, `stop` is to end all waiting."""
    queues, running = HostQueues(urls), dict[Future[Got], tuple[str, str]]()
    with ThreadPoolExecutor(threads) as pool:
        try:
            while True:
                while len(running) < threads and (found := queues.take({host for host, _ in running.values()})):
                    running[pool.submit(ask, found[1])] = found
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    _, url = running.pop(future)
                    yield url, future.result()
        finally:
            stop()


def _host(url: str) -> str:
    """The host of an address; what is not one stands by itself, and is refused when it is asked."""
    try:
        return parse(url).host
    except ForbiddenUrlError:
        return url
