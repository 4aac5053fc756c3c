"""Request buffering (Slowloris defence): a thread takes a request only when it has arrived, within a deadline.

Meanwhile the kernel holds its bytes. The worker looks at them without taking them (MSG_PEEK), and its poller reports
the socket when as many are there as it waits for (SO_RCVLOWAT).
"""

import re
import socket
from contextlib import suppress
from time import monotonic

from django.conf import settings
from gunicorn.http.errors import ParseException

# Seconds in which a request must arrive. A thread that reads the rest of a long body waits so long, and one second more
# for each RATE bytes that it has received (minimum rate); for the rest of a long head it waits HEAD_SECONDS.
SECONDS = 10.0
HEAD_SECONDS = 1.0
RATE = 10_000
# Bytes that are waited for outside of a thread, of a head and as many of a body. Longer bodies have a quota of the
# slots (admission control).
HELD = 65_536
# Seconds to wait for the rest of a body that was not read, and for a client to close its side.
LINGER = 0.3
TOO_SLOW = "The request did not arrive in time: send it again."
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*(?=\r\n)", re.IGNORECASE)
CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class SlowRequestError(ParseException):
    """The head of a request has not arrived within the deadline; answered with status 408."""


class PacedSocket:
    """Socket as one request is read from it, with a deadline and a minimum rate.

    Only the time that the client lets the server wait counts. `error` is raised after it.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.left = sock, HEAD_SECONDS
        self.error: type[Exception] = SlowRequestError

    def begin_body(self) -> None:
        """Start the deadline of the body. It raises TimeoutError, as Django expects an OSError."""
        self.left, self.error = SECONDS, TimeoutError

    def recv(self, size: int) -> bytes:
        """Return up to `size` bytes, b"" at the end. Raises `error`, or OSError of the socket."""
        began = monotonic()
        self.sock.settimeout(max(self.left, 0.001))
        try:
            piece = self.sock.recv(size)
        except TimeoutError:
            raise self.error(TOO_SLOW) from None
        finally:
            # What is sent afterwards has no deadline: a slow reader of a long file is no fault.
            self.sock.settimeout(None)
            self.left -= monotonic() - began
        self.left += len(piece) / RATE
        return piece


def peek(sock: socket.socket) -> bytes:
    """Return the bytes that have arrived, at most 2 × HELD, without taking them; b"" where the client has gone."""
    with suppress(OSError):
        return sock.recv(2 * HELD, socket.MSG_PEEK)
    return b""


def wait_for_bytes(sock: socket.socket, number: int) -> None:
    """Let the poller report a socket when so many bytes are there, or the client has gone (SO_RCVLOWAT)."""
    with suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, number)


def bytes_awaited(arrived: bytes) -> int:
    """Return the number of bytes after which a thread takes a request that begins with `arrived`.

    What is longer is read by the thread, at the pace of `PacedSocket`.
    """
    head, end, _ = arrived.partition(b"\r\n\r\n")
    if not end:
        return min(len(arrived) + 1, HELD)
    return len(head) + len(end) + min(body_awaited(head + end), HELD)


def body_awaited(head: bytes) -> int:
    """Return the length of the body that follows a head.

    It is 0 where no body will be read: none, in chunks, of a length that is unclear or over the limit of its address.
    """
    lengths = LENGTH.findall(head)
    if len(lengths) != 1:
        return 0
    path = head.split(b" ", 2)[1] if head.count(b" ") > 1 else b""
    length = int(lengths[0])
    return length if length <= largest_body(path.decode("latin-1")) else 0


def largest_body(path: str) -> int:
    """Return the limit of a body in bytes: the first prefix in `settings.LARGEST_BODIES` that matches applies."""
    return next((most for start, most in settings.LARGEST_BODIES.items() if path.startswith(start)), 0)
