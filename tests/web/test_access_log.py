"""Each request has an id and a line, and its reader is told the id where something went wrong."""

import importlib
import logging
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

home = importlib.import_module("gvc_catalogue.site.views.home")
listed = importlib.import_module("programmes.views.list")
Log = pytest.LogCaptureFixture


@pytest.fixture(autouse=True)
def every_line(caplog: Log) -> None:
    caplog.set_level(logging.INFO, "access")


def noted(log: Log) -> list[dict[str, Any]]:
    return [vars(record)["fields"] for record in log.records if record.name == "access"]


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/programmes/?q=sme", "/programmes/", 200),
        ("/programmes/covisint/", "/programmes/<slug:slug>/", 200),
        ("/programmes/nothing/", "/programmes/<slug:slug>/", 404),
        ("/nothing/", "(nothing there)", 404),
        ("/examples.csv", "/examples.csv", 200),
        ("/static/nothing.css", "/static/", 404),
    ],
)
def test_a_request_is_noted_by_its_pattern(path: str, route: str, status: int, client: Client, caplog: Log) -> None:
    for _ in ("made", "kept"):
        caplog.clear()
        answer: Any = client.get(path)
        size = len(answer.getvalue())
        (line,) = noted(caplog)
        assert line.pop("ms") >= 0
        assert line == {
            "request_id": answer["X-Request-ID"],
            "method": "GET",
            "route": route,
            "status": status,
            "bytes": size,
        }


def test_a_stream_that_is_cut_says_so(client: Client, caplog: Log) -> None:
    answer: Any = client.get("/examples.csv")
    pieces = answer._iterator
    next(pieces)
    pieces.close()
    assert [line["cut"] for line in noted(caplog)] == [True]


def test_words_are_noted_where_that_is_switched_on(client: Client, caplog: Log, settings: Settings) -> None:
    client.get("/programmes/?q=sme")
    settings.LOG_QUERIES = True
    client.get("/programmes/?q=sme")
    assert [line.get("asked") for line in noted(caplog)] == [None, "/programmes/?q=sme"]


def test_a_method_that_is_none_is_not_repeated(client: Client, caplog: Log) -> None:
    client.generic("SOMEBODY", "/")
    assert noted(caplog)[0]["method"] == "other"


@pytest.mark.parametrize("given", ["4f3a-2b1c.0_9", "A" * 64])
def test_the_id_of_a_trusted_proxy_is_taken_over(given: str, client: Client, settings: Settings) -> None:
    assert client.get("/", headers={"X-Request-ID": given})["X-Request-ID"] != given
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    assert client.get("/", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "A" * 65, '"><script>', "a b c d e f g h", "-starts-so", "é" * 10])
def test_an_id_that_is_not_well_formed_is_not_taken(given: str, client: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    assert client.get("/", headers={"X-Request-ID": given})["X-Request-ID"] != given


def failing(error: Exception) -> Any:
    def view(*args: Any, **kwargs: Any) -> None:
        raise error

    return view


def test_an_error_page_names_the_request(monkeypatch: pytest.MonkeyPatch, caplog: Log) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr(home, "render", failing(ValueError()))
    for path, status in (("/", 500), ("/nothing/", 404)):
        answer = client.get(path)
        assert answer.status_code == status
        assert f"name the request: <code>{answer['X-Request-ID']}</code>" in answer.content.decode()
    refused = client.get("/", headers={"host": "elsewhere.example"})
    assert f"<code>{refused['X-Request-ID']}</code>" in refused.content.decode()


def test_a_problem_document_names_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr(listed, "find", failing(ValueError()))
    for path, status in (("/programmes.json", 500), ("/nothing.json", 404), ("/programmes.csv?country=XX", 422)):
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.json()["request_id"] == answer["X-Request-ID"]
