"""A circuit breaker for each database server, so that one that is frozen or cut off makes nobody wait twice.

One time-out opens the circuit of a server: it is left out of new connections while another one is possible. A thread
probes it at once and then each second, and closes the circuit when it answers.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock, Thread

import psycopg

# Seconds between two probes of a server.
PAUSE = 1.0
# What names a server in the parameters of a connection: host, hostaddr and port, as far as they are given.
Server = tuple[tuple[str, str], ...]
Probe = Callable[[], None]
logger = logging.getLogger(__name__)


class CircuitBreaker:
    """The circuits of all servers, shared by the threads of a process; one that is not known is closed."""

    def __init__(self) -> None:
        # Whether a probe has failed too, for each server with an open circuit.
        self._open: dict[Server, bool] = {}
        self._probed: set[Server] = set()
        self._lock = Lock()

    def is_open(self, server: Server) -> bool:
        """Whether a server is left out: it timed out, and no probe has reached it since."""
        return server in self._open

    def is_confirmed(self, server: Server) -> bool:
        """Whether a probe failed as well: the server is not even a last resort."""
        return self._open.get(server, False)

    def trip(self, server: Server, probe: Probe) -> None:
        """Open the circuit of a server that timed out, and probe it in the background until it answers.

        `probe` raises psycopg.Error where it does not answer in time.
        """
        with self._lock:
            self._open.setdefault(server, False)
        self.suspect(server, probe)

    def suspect(self, server: Server, probe: Probe) -> None:
        """Probe a server whose answer is overdue, in the background; its circuit opens when the probe fails."""
        with self._lock:
            if server in self._probed:
                return
            self._probed.add(server)
        Thread(target=self._watch, args=(server, probe), daemon=True).start()

    def _watch(self, server: Server, probe: Probe) -> None:
        while not _answers(probe):
            if not self.is_confirmed(server):
                logger.warning("The database server %s does not answer and is left out.", dict(server))
            with self._lock:
                self._open[server] = True
            time.sleep(PAUSE)
        with self._lock:
            self._probed.discard(server)
            if self._open.pop(server, False):
                logger.warning("The database server %s answers again.", dict(server))


def _answers(probe: Probe) -> bool:
    try:
        probe()
    except psycopg.Error:
        return False
    return True
