"""More readers than can be answered, in small; tests/soak/test_load.py measures it for long. Nothing is timed here."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.crowds import costly, crowd, pages, times
from tests.factories import make_many_programmes
from tests.processes import server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]
FEW = {"WEB_WORKERS": "1", "WEB_THREADS": "2", "WEB_WAITING": "4"}


def test_all_are_answered_or_told_when_to_come_again_and_afterwards_all_is_well() -> None:
    with server(**FEW) as address:
        port = urlsplit(address).port or 0
        busy = crowd(port, pages(), readers=100, goes_on=times(400))
        calm = crowd(port, pages(), readers=2, goes_on=times(20))
    assert not busy.wrong
    assert busy.count(200) + busy.count(503) == 400
    assert busy.count(200) >= 6
    assert busy.count(503) > 0
    assert (calm.count(200), calm.wrong) == (20, {})


def test_downloads_that_nobody_reads_keep_nobody_from_a_page() -> None:
    make_many_programmes(5_000)
    with server(**FEW) as address:
        port = urlsplit(address).port or 0
        crowd(port, pages(), readers=1, goes_on=times(1))
        held = [socket.create_connection(("127.0.0.1", port)) for _ in range(6)]
        for n, connection in enumerate(held):
            # A small window, so that the server cannot be rid of the whole file.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(f"GET /programmes.csv?q=-y{n} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        figures = crowd(port, pages(), readers=1, goes_on=times(20))
        for connection in held:
            connection.close()
        after = crowd(port, costly(), readers=1, goes_on=times(6))
    assert (figures.count(200), figures.wrong) == (20, {})
    assert not after.wrong
    assert after.count(200) > 0
