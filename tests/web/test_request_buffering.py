"""A thread gets a request when it has arrived, and waits for the rest of a long one as long as it comes along."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from gvc_catalogue.web import request_buffering
from gvc_catalogue.web.request_buffering import HELD, PacedSocket, SlowRequestError, bytes_awaited, peek

HEAD = b"POST /admin/ HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A client's socket and the server's."""
    one, other = socket.socketpair()
    with closing(one), closing(other):
        yield one, other


@pytest.mark.parametrize("arrived", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n"])
def test_of_a_head_that_has_not_ended_more_is_awaited(arrived: bytes) -> None:
    assert bytes_awaited(arrived) == len(arrived) + 1


def test_a_form_is_awaited_whole_and_of_a_file_the_beginning() -> None:
    assert bytes_awaited(HEAD % 500 + b"a=b") == len(HEAD % 500) + 500
    assert bytes_awaited(HEAD % 5_000_000) == len(HEAD % 5_000_000) + HELD


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        HEAD % 30_000_000,
        HEAD.replace(b"/admin/", b"/") % 600_000,
        HEAD.replace(b"Content-Length", b"Transfer-Encoding") % 5,
        b"\x16\x03\x01\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n",
        b"A" * HELD,
    ],
)
def test_what_is_answered_without_its_body_is_not_waited_for(head: bytes) -> None:
    assert bytes_awaited(head) <= len(head)


def test_bytes_are_looked_at_and_not_taken(pair: tuple[socket.socket, socket.socket]) -> None:
    pair[0].sendall(b"GET")
    assert peek(pair[1]) == peek(pair[1]) == b"GET"
    pair[0].close()
    assert PacedSocket(pair[1]).recv(9) == b"GET"
    assert peek(pair[1]) == b""


def test_who_sends_nothing_more_is_given_up_and_who_sends_on_is_not(
    pair: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_buffering, "HEAD_SECONDS", 0.01)
    monkeypatch.setattr(request_buffering, "SECONDS", 0.01)
    monkeypatch.setattr(request_buffering, "RATE", 0.001)
    paced = PacedSocket(pair[1])
    pair[0].sendall(b"G")
    assert paced.recv(1) == b"G"
    # One byte of so slow a rate buys a thousand seconds.
    assert paced.left > 900
    with pytest.raises(SlowRequestError):
        PacedSocket(pair[1]).recv(1)
    paced.begin_body()
    with pytest.raises(TimeoutError):
        paced.recv(1)
    assert pair[1].gettimeout() is None
