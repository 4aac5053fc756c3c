"""More readers than can be answered, in small; tests/soak/test_load.py measures it for long. Nothing is timed here."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode, urlsplit

import pytest

from tests.factories import make_many_programmes
from tests.load_clients import Figures, costly, crowd, pages, times
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
        # The server notices in its own time that nobody reads any more.
        tries = (crowd(port, costly(), readers=1, goes_on=times(6)) for _ in range(60))
        after = next((found for found in tries if found.count(200)), Figures())
    assert (figures.count(200), figures.wrong) == (20, {})
    assert not after.wrong
    assert after.count(200) > 0


def test_whoever_tries_passwords_keeps_nobody_from_a_page() -> None:
    with server(WEB_WORKERS="1") as address, guessing(urlsplit(address).netloc, guessers=24) as tried:
        figures = crowd(urlsplit(address).port or 0, pages(), readers=1, goes_on=times(20))
    assert (figures.count(200), figures.wrong) == (20, {})
    # Some passwords were looked at, others told to come again.
    assert {200, 503} <= set(tried)


@contextmanager
def guessing(host: str, guessers: int) -> Iterator[list[int]]:
    """So many send the form with a name each, again and again; yields the statuses that they get."""
    ended, tried = threading.Event(), list[int]()
    head = {"Cookie": f"csrftoken={'a' * 32}", "Content-Type": "application/x-www-form-urlencoded"}

    def guess(who: int) -> None:
        for turn in count():
            form = urlencode({"csrfmiddlewaretoken": "a" * 32, "username": f"{who}-{turn}", "password": "guess"})
            with closing(HTTPConnection(host, timeout=180)) as connection:
                connection.request("POST", "/admin/login/", form, head)
                tried.append(connection.getresponse().status)
            if ended.is_set():
                return

    threads = [threading.Thread(target=guess, args=(who,)) for who in range(guessers)]
    for thread in threads:
        thread.start()
    try:
        yield tried
    finally:
        ended.set()
        for thread in threads:
            thread.join()


FORM = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n"
POST = "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken=" + "a" * 32 + "\r\n"
# What is sent, and the statuses that may answer it; 0 is none.
SLOW: dict[str, tuple[str, set[int]]] = {
    "nothing": ("", {0}),
    "half a head": ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ", {408}),
    "three bytes of a form": (POST + FORM.format(100_000) + "a=b", {408}),
    "most of a form": (POST + FORM.format(100_000) + "a" * 90_000, {408, 503}),
    "a file that is too large": (POST + FORM.format(30_000_000), {413}),
    "a form in pieces": (POST + "Transfer-Encoding: chunked\r\n\r\nFFFF\r\na", {403, 405, 503}),
}


@pytest.mark.parametrize("kind", SLOW)
def test_requests_that_never_end_keep_nobody_from_a_page(kind: str) -> None:
    sent, statuses = SLOW[kind]
    with server(**FEW) as address, ExitStack() as stack:
        place = urlsplit(address)
        slow = [stack.enter_context(socket.create_connection((place.hostname, place.port))) for _ in range(60)]
        for number, connection in enumerate(slow):
            path = ("/admin/login/", "/programmes/", "/programmes.json")[number % 3]
            connection.sendall(sent.replace("{path}", path).encode())
        figures = crowd(place.port or 0, pages(), readers=1, goes_on=times(20))
        answers = [b"".join(iter(partial(connection.recv, 4096), b"")).decode() for connection in slow]
    assert not figures.wrong
    # Sixty that are refused at once may fill the queue.
    assert figures.count(200) >= 15
    assert {int(answer[9:12] or 0) for answer in answers} <= statuses
    assert all("The request did not arrive in time: send it again." in one for one in answers if one[9:12] == "408")
