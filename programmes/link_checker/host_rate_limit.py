"""One request at a time a host, with a pause behind each, whoever of several threads asks."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# How many hosts are remembered between their turns.
REMEMBERED = 10_000


class StoppedError(Exception):
    """The run is to end: nothing more is asked."""


@dataclass
class _Host:
    """Whose turn it is at a host, and from when on it may be asked again."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0
    not_before: float = 0.0


class HostRateLimiter:
    """Gives each host's turns, one after the other."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End all waiting; whoever waits gets Stopped."""
        self._stopped.set()

    @contextmanager
    def at(self, host: str, pause: float = 0.0) -> Iterator[None]:
        """Wait for the turn at a host and hold it; the next one comes after the pause. Raises Stopped."""
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
        """Ask nothing of a host for so long."""
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
        """Let go of the hosts that nobody waits for and that could be asked at once."""
        now = time.monotonic()
        self._hosts = {host: one for host, one in self._hosts.items() if one.users or one.not_before > now}

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(max(0.0, seconds)):
            raise StoppedError


def asked_to_wait(retry_after: str, otherwise: float) -> float:
    """Return for how many seconds a Retry-After header asks to wait: a number or a date; else `otherwise`."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return otherwise
