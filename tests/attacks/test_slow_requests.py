"""A request is answered however its bytes come along: in pieces, after a question, or two at once."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from .site import HANGS, Site


@pytest.fixture
def connection(attacked: Site) -> Iterator[socket.socket]:
    with closing(socket.create_connection(("127.0.0.1", attacked.port), timeout=HANGS)) as opened:
        yield opened


def received(connection: socket.socket, times: int) -> bytes:
    """What came back, up to so many heads."""
    found = b""
    while found.count(b"\r\nX-Request-ID: ") < times and (piece := connection.recv(65536)):
        found += piece
    return found


def test_a_request_in_pieces_on_a_kept_connection_is_answered(attacked: Site, connection: socket.socket) -> None:
    for _ in range(3):
        for piece in ("GET /robots.txt HT", f"TP/1.1\r\nHost: {attacked.host}\r\n", "\r\n"):
            connection.sendall(piece.encode())
            time.sleep(0.05)
        assert received(connection, 1).startswith(b"HTTP/1.1 200")


def test_two_requests_at_once_are_both_answered(attacked: Site, connection: socket.socket) -> None:
    connection.sendall(f"GET /robots.txt HTTP/1.1\r\nHost: {attacked.host}\r\n\r\n".encode() * 2)
    assert received(connection, 2).count(b"HTTP/1.1 200") == 2


def test_who_asks_whether_to_send_a_body_is_told_to(attacked: Site, connection: socket.socket) -> None:
    head = (
        f"POST /programmes.json HTTP/1.1\r\nHost: {attacked.host}\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    )
    connection.sendall(head.encode())
    assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
    connection.sendall(b"a=b")
    assert b"HTTP/1.1 405" in received(connection, 1)


def test_who_ends_before_the_head_does_is_not_waited_for(attacked: Site, connection: socket.socket) -> None:
    connection.sendall(f"GET /robots.txt HTTP/1.1\r\nHost: {attacked.host}\r\n".encode())
    connection.shutdown(socket.SHUT_WR)
    assert connection.recv(100) == b""
