"""Server start: the socket is bound at once, and listens only after all workers have loaded.

gunicorn listens before it starts workers. Clients, and load balancers that look for a healthy node, would wait for the
slowest worker; a connection that is refused goes to another node at once.
"""

import os
import select
import signal
import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn import util
from gunicorn.errors import HaltServer
from gunicorn.sock import TCP6Socket, TCPSocket

# Interval in seconds at which dead workers are replaced.
LOOK_AFTER = 0.2
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


class LateListening:
    """Coordinates master and first workers through a pipe: `start` runs in the master, `loaded` in each worker."""

    def __init__(self) -> None:
        self._pipe: tuple[int, int] | None = None

    def start(self, server: Any) -> None:
        """Bind the address, start workers, wait until all have loaded, and listen; gunicorn continues from there.

        Inherited sockets (systemd socket activation, or a server that is replaced) listen already: nothing is done.
        """
        if "GUNICORN_FD" in os.environ or "LISTEN_FDS" in os.environ:
            return
        server.LISTENERS = [bound(server)]
        self._pipe = os.pipe()
        for number in STOPS:
            signal.signal(number, stop)
        try:
            wait(server, self._pipe[0])
            server.LISTENERS[0].listen(server.cfg.backlog)
        except HaltServer as halt:
            server.halt(reason=halt.reason, exit_status=halt.exit_status)
        except OSError as trouble:
            server.halt(reason=f"No connection can be accepted: {trouble.strerror}", exit_status=1)
        finally:
            for end in self._pipe:
                os.close(end)
            self._pipe = None

    def loaded(self, worker: Any) -> None:
        """Notify the master that a worker has loaded, and wait until the socket listens.

        Workers started later do neither.
        """
        if self._pipe:
            with suppress(OSError):
                os.write(self._pipe[1], b".")
        while not all(map(listens, worker.sockets)) and worker.alive and worker.ppid == os.getppid():
            worker.notify()
            time.sleep(LOOK_AFTER / 10)


def wait(server: Any, told: int) -> None:
    """Wait until all workers have reported on the pipe `told`, by one byte each, that they have loaded.

    A worker that dies meanwhile is started again. Raises HaltServer where a worker could not load.
    """
    loaded = 0
    while loaded < server.num_workers:
        server.spawn_workers()
        if select.select([told], [], [], LOOK_AFTER)[0]:
            loaded += len(os.read(told, server.num_workers))
        server.reap_workers()


def stop(number: int, frame: Any) -> None:
    """Handle a stop signal while workers load; afterwards gunicorn's own handlers are installed. Raises HaltServer."""
    raise HaltServer(signal.Signals(number).name, 0)


class Bound(TCPSocket):
    """Socket that is bound and does not listen yet. It reports to listen, as gunicorn would call listen() otherwise."""

    @staticmethod
    def _is_listening(sock: Any) -> bool:
        return True


class Bound6(Bound, TCP6Socket):
    """IPv6 variant of `Bound`."""


def bound(server: Any) -> Bound:
    """Return the server's bound socket. Raises OSError where binding fails; see gvc_catalogue/preflight.py."""
    host, port = server.cfg.address[0]
    return (Bound6 if util.is_ipv6(host) else Bound)((host, port), server.cfg, server.log)


def listens(sock: Any) -> bool:
    """Return whether a socket listens (SO_ACCEPTCONN)."""
    return bool(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
