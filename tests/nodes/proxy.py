"""A way of TCP between a node and one database server, which can be cut as a network is: with a word, or silently."""

import select
import socket
import threading
import time
from contextlib import suppress
from enum import Enum

BLOCK = 1 << 16
TURN = 0.1  # seconds


class Way(Enum):
    """What the way does: it carries everything, refuses at once, or swallows all without a word."""

    OPEN = "open"
    REFUSED = "refused"
    SILENT = "silent"


class Proxy:
    """Listens on a port of its own and hands everything on, while the way is open."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target, self.way, self.ended = target, Way.OPEN, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def end(self) -> None:
        """Carry nothing more."""
        self.ended = True
        self.listener.close()

    def _accept(self) -> None:
        while not self.ended:
            try:
                ours = self.listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._carry, args=(ours,), daemon=True).start()

    def _carry(self, ours: socket.socket) -> None:
        """Carry one connection until an end closes it, or the way is refused."""
        with ours, suppress(OSError):
            while self._is(Way.SILENT):
                time.sleep(TURN)
            if self._is(Way.REFUSED):
                return
            with socket.create_connection(self.target) as theirs:
                while self._is(Way.OPEN) or self._is(Way.SILENT):
                    self._hand_on({ours: theirs, theirs: ours})

    def _is(self, way: Way) -> bool:
        return self.way is way and not self.ended

    def _hand_on(self, other: dict[socket.socket, socket.socket]) -> None:
        """Hand on what has come within a moment. Raises OSError where an end was closed."""
        if self._is(Way.SILENT):
            time.sleep(TURN)
            return
        for one in select.select(list(other), [], [], TURN)[0]:
            data = one.recv(BLOCK)
            if not data:
                raise ConnectionResetError
            other[one].sendall(data)
