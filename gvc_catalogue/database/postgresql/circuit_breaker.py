"""Circuit breaker for each database server, so that a server that hangs or is unreachable delays requests only once.

One timeout opens the circuit of a server: it is skipped for new connections while another server is available. A thread
probes it at once and then each second, and closes the circuit when it responds.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock, Thread

import psycopg

# Seconds between two probes of a server.
PAUSE = 1.0
# The parameters of a connection that identify a server: host, hostaddr and port, as far as they are given.
Server = tuple[tuple[str, str], ...]
Probe = Callable[[], None]
logger = logging.getLogger(__name__)


class CircuitBreaker:
    """The circuits of all servers, shared by the threads of a process; the circuit of an unknown server is closed."""

    def __init__(self) -> None:
        # For each server with an open circuit, whether a probe has failed too.
        self._open: dict[Server, bool] = {}
        self._probed: set[Server] = set()
        self._lock = Lock()

    def is_open(self, server: Server) -> bool:
        """Return whether the circuit of a server is open: it timed out, and no probe has succeeded since."""
        return server in self._open

    def is_confirmed(self, server: Server) -> bool:
        """Return whether a probe has failed as well: the server is not used even as a last resort."""
        return self._open.get(server, False)

    def trip(self, server: Server, probe: Probe) -> None:
        """Open the circuit of a server that timed out, and probe it in the background until it responds.

        `probe` raises psycopg.Error when the server does not respond in time.
        """
        with self._lock:
            self._open.setdefault(server, False)
        self.suspect(server, probe)

    def suspect(self, server: Server, probe: Probe) -> None:
        """Probe a server with an overdue response, in the background; its circuit opens when the probe fails."""
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
