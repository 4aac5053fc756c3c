"""Start of the server: its address is taken at once, and connections are accepted when its workers have loaded.

gunicorn listens before it starts workers. Readers, and proxies that look for a node that answers, would wait for the
slowest of them; a connection that is refused goes to another node at once.
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

# Seconds between two looks at whether all workers live.
LOOK_AFTER = 0.2
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


class LateListening:
    """What the master and its first workers know of the start; `loaded` is called by each worker that has loaded."""

    def __init__(self) -> None:
        self._pipe: tuple[int, int] | None = None

    def start(self, server: Any) -> None:
        """Bind the address, start workers, wait until all have loaded, and listen; gunicorn goes on from there.

        Sockets that are handed down, by systemd or by a server that is replaced, listen already: they are left alone.
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
        """Tell the master that a worker has loaded, and wait until it listens. Workers started later need neither."""
        if self._pipe:
            with suppress(OSError):
                os.write(self._pipe[1], b".")
        while not all(map(listens, worker.sockets)) and worker.alive and worker.ppid == os.getppid():
            worker.notify()
            time.sleep(LOOK_AFTER / 10)


def wait(server: Any, told: int) -> None:
    """Wait until as many workers as there are to be have told, by a byte each, that they have loaded.

    One that dies meanwhile is started anew. Raises HaltServer where one could not load.
    """
    loaded = 0
    while loaded < server.num_workers:
        server.spawn_workers()
        if select.select([told], [], [], LOOK_AFTER)[0]:
            loaded += len(os.read(told, server.num_workers))
        server.reap_workers()


def stop(number: int, frame: Any) -> None:
    """Handle a signal to stop while workers load; gunicorn's own handlers are there afterwards. Raises HaltServer."""
    raise HaltServer(signal.Signals(number).name, 0)


class Bound(TCPSocket):
    """A socket that is bound and does not listen yet: gunicorn leaves one alone that does."""

    @staticmethod
    def _is_listening(sock: Any) -> bool:
        return True


class Bound6(Bound, TCP6Socket):
    """The same for IPv6."""


def bound(server: Any) -> Bound:
    """Return the server's socket. Raises OSError where its address cannot be taken; see gvc_catalogue/preflight.py."""
    host, port = server.cfg.address[0]
    return (Bound6 if util.is_ipv6(host) else Bound)((host, port), server.cfg, server.log)


def listens(sock: Any) -> bool:
    """Say whether a socket accepts connections."""
    return bool(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
