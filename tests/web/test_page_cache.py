"""A page is made once a revision, and nobody gets one that is no longer true."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory
from pytest_django import Settings

from gvc_catalogue.search_index.sync import revision
from gvc_catalogue.web.middleware import page_cache
from gvc_catalogue.web.service_unavailable import CachedResponse
from programmes.models import Programme, Source
from programmes.search.index_document import INDEX
from recommendations.models import Passage
from tests.factories import make_programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

Asking = Callable[..., Any]
PATHS = [
    "/",
    "/programmes/?country=JP&q=sme",
    "/programmes.json",
    "/programmes/covisint/",
    "/statement/",
    "/search/?q=sme",
    "/about/",
    "/countries/JP/",
    "/recommendations/2.1/",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_seen_before_costs_the_question_after_the_revision(
    path: str, client: Client, django_assert_num_queries: Asking
) -> None:
    first = client.get(path)
    with django_assert_num_queries(1):
        again = client.get(path)
    assert again.content == first.content
    assert first["X-Request-ID"] != again["X-Request-ID"]
    assert {**again.headers, "X-Request-ID": ""} == {**first.headers, "X-Request-ID": ""}


@pytest.mark.parametrize("path", [*PATHS, "/programmes.csv", "/examples.csv"])
def test_a_reader_who_has_it_is_told_so(path: str, client: Client, django_assert_num_queries: Asking) -> None:
    tag = client.get(path)["ETag"]
    with django_assert_num_queries(1):
        answer = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


CHANGES: list[Callable[[], object]] = [
    lambda: make_programme("new", name="A new one"),
    lambda: Programme.objects.filter(slug="covisint").update(name="Renamed"),
    lambda: Passage.objects.filter(kind="heading").update(text="Another heading"),
    lambda: Source.objects.create(title="A source", url="https://example.org/", date="2020-01-01"),
    lambda: Programme.objects.filter(slug="covisint").delete(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_it_is_made_anew(change: Callable[[], object], client: Client) -> None:
    tags = {path: client.get(path)["ETag"] for path in PATHS}
    change()
    for path, tag in tags.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code in (200, 404), path
        assert answer.get("ETag") != tag


def test_each_address_host_and_compression_has_a_page_of_its_own(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]

    def asked(path: str, host: str, coding: str = "") -> Any:
        return client.get(path, headers={"Host": host, "Accept-Encoding": coding})

    for _ in range(2):
        one, two = asked("/programmes/covisint/", "one.example"), asked("/programmes/covisint/", "two.example")
        assert b"//one.example/" in one.content
        assert b"//two.example/" in two.content
        small = asked("/programmes/covisint/", "one.example", "gzip")
        assert small["Content-Encoding"] == "gzip"
        assert small["ETag"] == one["ETag"] != two["ETag"]
        assert "Content-Encoding" not in one
        assert asked("/programmes/covisint/", "three.example").status_code == 400


@pytest.mark.parametrize("coding", ["xgzip", "gzip;q=0", "gzipped, br", "x-gzip", "*;q=0, br", ""])
def test_a_coding_that_is_none_of_ours_keeps_no_plain_page_for_who_takes_gzip(client: Client, coding: str) -> None:
    for asked, answered in ((coding, None), ("gzip", "gzip"), (coding, None), ("br, GZIP;q=0.5", "gzip")):
        response = client.get("/countries/?z=1", headers={"Accept-Encoding": asked})
        assert response.get("Content-Encoding") == answered, asked


def test_what_went_wrong_is_not_kept(client: Client) -> None:
    for path in ("/programmes/nothing/", "/programmes/?page=99", "/countries/ZZ/"):
        assert client.get(path).status_code == 404
        assert "ETag" not in client.get(path)
    assert "ETag" not in client.post("/programmes/")


def test_a_curator_gets_a_page_made_for_them(admin_client: Client) -> None:
    assert "ETag" not in admin_client.get("/programmes/")
    assert "ETag" not in admin_client.get("/admin/")


def test_while_the_index_catches_up_nothing_is_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    served = INDEX.current_snapshot()
    monkeypatch.setattr(INDEX, "current_snapshot", lambda: type(served)(served.snapshot, catching_up=True))
    assert "ETag" not in client.get("/programmes/")


def test_without_the_database_pages_are_asked_for_as_ever(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    def away(using: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(revision, "_asked", away)
    assert client.get("/privacy/").status_code == 200


def test_those_longest_not_asked_for_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "EACH", 0)
    monkeypatch.setattr(page_cache, "MAX_BYTES", 25)
    pages = page_cache.LRUPageCache()
    for name in "abc":
        pages.keep(name, CachedResponse("t", (), b"0123456789"))
        pages.get("a", "t")
    assert [bool(pages.get(name, "t")) for name in "abc"] == [True, False, True]
    assert pages.get("a", "another") is None


def test_long_addresses_of_small_answers_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "MAX_BYTES", 100_000)
    pages = page_cache.LRUPageCache()
    for number in range(1000):
        pages.keep(f"/search/suggest?q=x&{number}{'a' * 8000}", CachedResponse("t", (), b"{}"))
    assert sum(len(address) for address in pages._pages) <= 100_000
    assert 5 < len(pages._pages) < 15


def test_nothing_else_of_a_request_matters(rf: RequestFactory) -> None:
    plain = page_cache.cache_key(rf.get("/programmes/?q=a"))
    assert plain == page_cache.cache_key(
        rf.head("/programmes/?q=a", headers={"User-Agent": "x", "Accept-Language": "fr"})
    )
    assert plain != page_cache.cache_key(rf.get("/programmes/?q=b"))
    assert page_cache.cache_key(rf.post("/programmes/?q=a")) is None
