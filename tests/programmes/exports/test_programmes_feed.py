"""/feeds/programmes.atom."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from programmes.models import Programme, Source
from tests.factories import make_example, make_many_programmes, make_programme
from tests.programmes.conftest import Asking

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def feed(client: Client) -> Asking:
    """A page of the feed, read."""

    def answer(address: str) -> Any:
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ElementTree.fromstring(response.content)  # noqa: S314 (our own)

    return answer


def links(whole: Any) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in whole.findall(f"{ATOM}link")}


def pages(feed: Asking, address: str) -> Iterator[Any]:
    """Every page of a feed, from one to the next."""
    following: str | None = address
    while following:
        whole = feed(following)
        yield whole
        following = links(whole).get("next")


def slugs(whole: Any) -> list[str]:
    return [entry.find(f"{ATOM}id").text.split("/")[-2] for entry in whole.findall(f"{ATOM}entry")]


def test_those_recorded_last_come_first_and_each_can_be_reached(feed: Asking) -> None:
    make_many_programmes(60)
    new = make_programme("new")
    met = [slug for page in pages(feed, "/feeds/programmes.atom") for slug in slugs(page)]
    assert met[0] == new.slug
    assert met == list(Programme.objects.order_by("-pk").values_list("slug", flat=True))


@pytest.mark.parametrize("query", ["?country=JP", "?q=sme&region=asia&sort=country", "?category=2&category=4"])
def test_it_has_what_the_list_has(feed: Asking, rows: Asking, query: str) -> None:
    met = [slug for page in pages(feed, f"/feeds/programmes.atom{query}") for slug in slugs(page)]
    assert sorted(met) == sorted(row[0] for row in rows(f"/programmes.csv{query}")[1:])


def test_it_says_what_it_is_and_where_its_pages_are(feed: Asking) -> None:
    whole = feed("/feeds/programmes.atom?country=JP&country=MX&sort=country")
    assert whole.find(f"{ATOM}title").text == "GVC Policy Catalogue: Programmes in Japan or Mexico"
    assert "recorded last come first" in whole.find(f"{ATOM}subtitle").text
    assert "CC BY 4.0" in whole.find(f"{ATOM}rights").text
    here = "http://testserver/feeds/programmes.atom?country=JP&country=MX"
    assert links(whole) == {
        "alternate": "http://testserver/programmes/?country=JP&country=MX&sort=country",
        "self": here,
        "first": here,
        "last": here,
    }


def test_an_entry_has_its_words_and_the_date_of_what_it_quotes(feed: Asking) -> None:
    programme = make_programme("later", name="Later & <b>\x0b")
    report = Source.objects.create(title="A report", url="https://example.org/", date=date(2012, 5, 1))
    make_example("2.6", programme, text="It helps <firms>.", source=report)
    entry = feed("/feeds/programmes.atom?recommendation=2.6").find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Later & <b>"
    assert entry.find(f"{ATOM}updated").text == "2012-05-01T00:00:00+00:00"
    # It is said to be HTML: a reader of feeds shows "<firms>".
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert entry.find(f"{ATOM}summary").text == "“It helps &lt;firms&gt;.” (A report, 1 May 2012)"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/programmes/later/"


def test_what_does_not_exist_is_a_problem_document(client: Client) -> None:
    for query, status in {"?country=XX": 422, "?page=9": 404, "?page=x": 404}.items():
        response = client.get(f"/feeds/programmes.atom{query}")
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")


def test_nothing_found_is_a_feed_without_entries(feed: Asking) -> None:
    assert slugs(feed("/feeds/programmes.atom?q=xyzzy")) == []
