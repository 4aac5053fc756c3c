"""Worker pool of threads: several hosts in parallel, the addresses of one host in sequence."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

from .url_policy import ForbiddenUrlError, parse

# Number of addresses read ahead in search of hosts that are not busy.
AHEAD = 2_000
Got = TypeVar("Got")


class HostQueues:
    """Queues of addresses by host, filled lazily from an iterator: at most `ahead` addresses wait in them."""

    def __init__(self, urls: Iterator[str], ahead: int = AHEAD) -> None:
        self.urls, self.ahead = urls, ahead
        self.waiting: dict[str, deque[str]] = {}
        self.number = 0

    def take(self, busy: set[str]) -> tuple[str, str] | None:
        """Remove and return the next address of a host that is not busy, as (host, address); None without one."""
        for url in islice(self.urls, self.ahead - self.number):
            self.waiting.setdefault(_host(url), deque()).append(url)
            self.number += 1
        host = next((host for host in self.waiting if host not in busy), None)
        if host is None:
            return None
        # Put at the end again: round robin of the hosts.
        queue = self.waiting.pop(host)
        url = queue.popleft()
        if queue:
            self.waiting[host] = queue
        self.number -= 1
        return host, url


def run_in_parallel(
    urls: Iterator[str], ask: Callable[[str], Got], stop: Callable[[], None], threads: int
) -> Generator[tuple[str, Got], None, None]:
    """Yield each address with its result, in the order of completion. One host is checked by one thread at a time.

    `stop` is called at the end, also when the caller closes the generator: it must end all waiting of `ask`.
    """
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
    """Return the host of an address; the text itself where it is not valid: the check refuses it later."""
    try:
        return parse(url).host
    except ForbiddenUrlError:
        return url
