"""Nobody waits for ever, nobody is kept out by what is costly, and every place comes back."""

import gc
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from gvc_catalogue.web.logging.request_context import REQUEST_ID
from gvc_catalogue.web.middleware import admission_control
from gvc_catalogue.web.middleware.admission_control import (
    AdmissionControlMiddleware,
    FairSemaphore,
    RejectionCounter,
    is_costly,
    kind_of,
)

COSTLY = [
    "/programmes.csv",
    "/programmes.xlsx?country=JP",
    "/examples.json",
    "/evidence-map/",
    "/compare/?country=JP",
    "/programmes/?page=51",
    "/api/v1/programmes?page=99999999999999999999",
    "/search/suggest?q=a",
    "/api/?n=1",
    "/programmes/?q=+%C3%BC+",
]
CHEAP = [
    "/",
    "/programmes/?page=50&q=ab",
    "/programmes.json",
    "/programmes/covisint.json",
    "/programmes/?page=x&q=",
    "/programmes/?page=%C2%B2",
]


@pytest.fixture
def one_place(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """One request at once, and nobody waits long."""
    settings.WEB_THREADS, settings.WEB_WAITING = 1, 1
    monkeypatch.setattr(admission_control, "PATIENCE", 0.0)
    monkeypatch.setattr(FairSemaphore.take, "__defaults__", (0.0,))


def test_whoever_has_waited_longest_comes_next() -> None:
    places, came = FairSemaphore(1, 10), list[int]()
    assert places.take()

    def wait(number: int) -> None:
        assert places.take(60)
        came.append(number)
        places.leave()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(places._waiting) <= number:
            pass
    places.leave()
    for thread in threads:
        thread.join()
    assert came == [0, 1, 2, 3, 4]
    assert places._taken == 0


def test_the_queue_has_an_end_and_patience_too() -> None:
    places = FairSemaphore(1, 0)
    assert places.take()
    assert not places.take()
    places = FairSemaphore(1, 1)
    assert places.take()
    assert not places.take(0.01)
    assert not places._waiting
    places.leave()
    assert places.take()


def test_however_many_come_at_once_every_place_comes_back() -> None:
    places, now, most, lock = FairSemaphore(3, 5), [0], [0], threading.Lock()

    def ask() -> None:
        for n in range(200):
            if places.take(0.0001 * (n % 5)):
                with lock:
                    now[0] += 1
                    most[0] = max(most[0], now[0])
                with lock:
                    now[0] -= 1
                places.leave()

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < most[0] <= 3
    assert (places._taken, len(places._waiting)) == (0, 0)


@pytest.mark.parametrize("address", COSTLY)
def test_what_takes_long_is_told_by_its_address(address: str, rf: RequestFactory) -> None:
    assert is_costly(rf.get(address))


@pytest.mark.parametrize("address", CHEAP)
def test_what_readers_mostly_ask_for_is_not_costly(address: str, rf: RequestFactory) -> None:
    assert not is_costly(rf.get(address))


def asked_while_it_answers(second: str) -> tuple[HttpResponse, Any]:
    """What a second request gets while the first is being answered, and the middleware."""
    seen: list[Any] = []

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path != second or not seen:
            seen.append(None)
            seen.append(middleware(RequestFactory().get(second)))
        return HttpResponse("done")

    middleware = AdmissionControlMiddleware(answer)
    middleware(RequestFactory().get("/first/"))
    return seen[1], middleware


@pytest.mark.usefixtures("one_place")
def test_a_reader_without_a_place_is_told_when_to_come_again() -> None:
    page, middleware = asked_while_it_answers("/programmes/")
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "5", "no-store")
    assert b"Too many are asking at once" in page.content
    assert b"<script" not in page.content
    data, _ = asked_while_it_answers("/programmes.json")
    assert (data.status_code, data["Content-Type"], data["Retry-After"]) == (503, "application/problem+json", "5")
    assert middleware.places._taken == 0


@pytest.mark.usefixtures("one_place")
def test_who_is_told_to_come_again_is_told_the_name_of_the_request() -> None:
    for name in ("first-name", "second-name"):
        token = REQUEST_ID.set(name)
        page, _ = asked_while_it_answers("/programmes/")
        REQUEST_ID.reset(token)
        assert f"name the request: <code>{name}</code>" in page.content.decode()


def test_passwords_take_a_share_of_their_own(rf: RequestFactory) -> None:
    assert [kind_of(rf.post(path)) for path in ("/admin/login/", "/admin/code/", "/programmes/")] == [
        "passwords"
    ] * 2 + [""]
    assert kind_of(rf.get("/admin/login/")) == ""


@pytest.mark.usefixtures("one_place")
def test_who_asks_after_our_health_is_answered_all_the_same() -> None:
    middleware = AdmissionControlMiddleware(lambda request: StreamingHttpResponse(endless()))
    held = [middleware(RequestFactory().get(path)) for path in ("/", "/", "/health/live", "/health/ready")]
    assert [response.status_code for response in held] == [200, 503, 200, 200]


def endless() -> Iterator[bytes]:
    while True:
        yield b"row\r\n"


@pytest.mark.usefixtures("one_place")
@pytest.mark.parametrize("read", [0, 3])
def test_a_download_holds_its_place_until_it_is_closed(db: None, read: int) -> None:
    middleware = AdmissionControlMiddleware(lambda request: StreamingHttpResponse(endless()))
    first = middleware(RequestFactory().get("/programmes.csv"))
    rows = iter(first)
    assert [next(rows) for _ in range(read)] == [b"row\r\n"] * read
    assert middleware(RequestFactory().get("/programmes.csv")).status_code == 503
    first.close()
    first.close()
    again = middleware(RequestFactory().get("/programmes.csv"))
    assert again.status_code == 200
    del again, rows, first
    gc.collect()
    assert middleware(RequestFactory().get("/programmes.csv")).status_code == 200


def test_those_turned_away_are_counted_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    refused = RejectionCounter()
    for _ in range(100):
        refused.note()
    assert [record.message for record in caplog.records] == ["Too busy: 1 requests were told to come again."]
    refused.EVERY = -1.0
    refused.note()
    assert caplog.records[-1].message == "Too busy: 100 requests were told to come again."


def test_downloads_leave_most_places_to_pages(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WEB_THREADS, settings.WEB_WAITING = 4, 8
    monkeypatch.setattr(FairSemaphore.take, "__defaults__", (0.0,))
    middleware, held = AdmissionControlMiddleware(lambda request: StreamingHttpResponse(endless())), list[Any]()

    def statuses(path: str) -> list[int]:
        held.extend(middleware(RequestFactory().get(path)) for _ in range(5))
        return [response.status_code for response in held[-5:]]

    assert statuses("/programmes.csv") == [200, 503, 503, 503, 503]
    assert statuses("/programmes/") == [200, 200, 200, 503, 503]


@pytest.mark.usefixtures("one_place")
def test_an_error_gives_its_place_back() -> None:
    def breaks(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    middleware = AdmissionControlMiddleware(breaks)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            middleware(RequestFactory().get("/"))


@pytest.mark.django_db
def test_a_busy_answer_carries_what_every_answer_carries(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse: Callable[..., bool] = lambda self, patience=0.0: False  # noqa: E731
    monkeypatch.setattr(FairSemaphore, "take", refuse)
    page, data = client.get("/programmes/"), client.get("/programmes.csv")
    assert page.status_code == data.status_code == 503
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"
    assert data["Access-Control-Allow-Origin"] == "*"
