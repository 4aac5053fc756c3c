"""Throttle per host: one request at a time, with a pause after each, across all threads."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Number of hosts from which idle entries are removed.
REMEMBERED = 10_000


class StoppedError(Exception):
    """The run is being stopped: no further request is sent."""


@dataclass
class _Host:
    """State of a host: its lock, the number of threads that hold or wait for it, and the earliest time of a request.

    `not_before` is a time of the monotonic clock, in seconds.
    """

    turn: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0
    not_before: float = 0.0


class HostRateLimiter:
    """Rate limiter with a lock per host. `pause` is the least number of seconds between two requests."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End all waiting: StoppedError is raised in each waiting thread."""
        self._stopped.set()

    @contextmanager
    def at(self, host: str, pause: float = 0.0) -> Iterator[None]:
        """Wait for the lock of a host and hold it. The next request starts `pause` seconds later. Raises StoppedError.

        The pause is the longer one of the argument and of the limiter.
        """
        entry = self._entry(host)
        try:
            with entry.turn:
                self._wait(entry.not_before - time.monotonic())
                try:
                    yield
                finally:
                    entry.not_before = max(entry.not_before, time.monotonic() + max(pause, self.pause))
        finally:
            with self._lock:
                entry.users -= 1

    def hold_off(self, host: str, seconds: float) -> None:
        """Send no request to a host for a number of seconds."""
        with self._lock:
            entry = self._hosts.setdefault(host, _Host())
            entry.not_before = max(entry.not_before, time.monotonic() + seconds)

    def _entry(self, host: str) -> _Host:
        with self._lock:
            if len(self._hosts) >= REMEMBERED:
                self._forget()
            entry = self._hosts.setdefault(host, _Host())
            entry.users += 1
            return entry

    def _forget(self) -> None:
        """Evict the hosts that no thread uses or waits for, once their pause is over."""
        now = time.monotonic()
        self._hosts = {host: one for host, one in self._hosts.items() if one.users or one.not_before > now}

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(max(0.0, seconds)):
            raise StoppedError


def asked_to_wait(retry_after: str, otherwise: float) -> float:
    """Return the delay of a Retry-After header in seconds, from a number or an HTTP date; else `otherwise`."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return otherwise
