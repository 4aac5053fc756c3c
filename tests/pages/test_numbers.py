"""One number, everywhere: each that stands in a link is how many rows one gets by following it."""

import csv
import re
from functools import cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from programmes.models import Country, Programme, Term
from recommendations.models import Recommendation
from tests.reading_files import read_whole

from .conftest import Page
from .reading import Element

FILES = (".csv", ".json", ".md", ".xlsx", ".bib", ".ris", ".atom", ".xml")
NUMBER = re.compile(r"\b(\d[\d,]*) (?:of the \d+ )?(?:programme|recommendation|countr)")
LISTS = [
    "",
    "?country=JP",
    "?country=JP&country=MX&sort=country",
    "?region=europe&provider=government",
    "?category=2&category=4&sort=recommendation",
    "?recommendation=1.1&q=trade",
    "?q=sme+-japan",
    "?q=%22trade+fairs%22&provider=company",
    "?country=KE&category=4",
]


class Link(NamedTuple):
    """A link of a page, with its words."""

    href: str
    text: str


# The links of every page that was crawled; once for all tests, which only read it.
CRAWLED: dict[str, list[Link]] = {}


def number_in(link: Element | Link) -> int | None:
    """The number of things that a link tells of; the number of a recommendation is none."""
    found = NUMBER.search(link.text)
    return int(found[1].replace(",", "")) if found else None


def to_read(path: str, link: str) -> str | None:
    """The address to crawl on to. Lists are read with one filter at most: with two there are thousands.

    Comparisons are read of two countries. Ticks are read in briefs alone, as they change nothing in a list; what a
    programme's address carries of its list changes nothing but the way back.
    """
    address = urldefrag(urljoin(path, link)).url
    place = urlsplit(address)
    if place.netloc or place.path.startswith(("/static/", "/api/v1/")) or place.path.endswith(FILES):
        return None
    if place.path.startswith("/programmes/") and place.path != "/programmes/":
        return place.path
    filters = [name for name, _ in parse_qsl(place.query) if name != "page"]
    if place.path == "/programmes/" and "programme" in filters:
        return None
    most = 2 if place.path == "/compare/" else 1
    return address if len(filters) <= most and "sort" not in filters else None


def crawl(page: Page) -> dict[str, list[Link]]:
    """The links of every page that can be reached from the first one by links, by its address."""
    waiting = [] if CRAWLED else ["/"]
    while waiting:
        path = waiting.pop()
        if path not in CRAWLED:
            CRAWLED[path] = [Link(link["href"], link.text) for link in page(path).all("a[href], link[href]")]
            waiting += [further for link in CRAWLED[path] if (further := to_read(path, link.href))]
    return CRAWLED


def test_every_number_is_as_many_rows_as_following_it_gives(page: Page, client: Client) -> None:
    @cache
    def total(address: str) -> int:
        # There are thousands, so they are not taken apart.
        (found,) = re.findall(r'\bdata-total="(\d+)"', client.get(address).content.decode())
        return int(found)

    reached, followed = crawl(page), 0
    for path, links in reached.items():
        for link in links:
            if (number := number_in(link)) is not None:
                target = urljoin(path, link.href)
                assert number == total(target), f"“{link.text}” on {path} leads to {total(target)} rows at {target}"
                followed += 1
    assert {
        thing.get_absolute_url() for kind in (Programme, Recommendation, Country, Term) for thing in kind.objects.all()
    } <= set(reached)
    assert {
        "/statement/",
        "/about/",
        "/accessibility/",
        "/privacy/",
        "/programmes/?page=4",
        "/compare/?country=JP&country=MX",
        "/brief/?programme=rosettanet",
        "/search/?q=clusters+in+Mexico",
    } <= set(reached)
    assert followed > 2000


@pytest.mark.parametrize("path", ["/programmes/?country=JP&programme=covisint&programme=rosettanet&page=1"])
def test_ticks_change_no_number(path: str, page: Page) -> None:
    for link in page(path).one("main").all("a[href]"):
        if (number := number_in(link)) is not None:
            assert number == int(page(link["href"]).one("[data-total]")["data-total"]), link


def test_every_file_that_a_page_links_to_is_there(page: Page, client: Client) -> None:
    def known(path: str, query: str) -> tuple[str, ...]:
        return (path, *sorted({name for name, _ in parse_qsl(query)}))

    # One of each kind of page, and of each file with each set of parameters: the walk meets thousands.
    kinds, files = set(), {}
    for path, links in crawl(page).items():
        kind = known(re.sub(r"(?<=s/)[^/]+/$", "*/", urlsplit(path).path), urlsplit(path).query)
        if kind not in kinds:
            kinds.add(kind)
            for link in links:
                place = urlsplit(urljoin(path, link.href))
                if not place.netloc and place.path.endswith(FILES):
                    files[known(place.path, place.query)] = place.geturl()
    for address in files.values():
        assert read_whole(client, address)
    ends = {path.rpartition(".")[2] for path, *_ in files}
    assert {f".{end}" for end in ends} == set(FILES)


def test_every_number_stands_in_a_link_or_beside_one(page: Page) -> None:
    for path in ("/", "/recommendations/", "/recommendations/1.1/", "/countries/", "/countries/TR/", "/search/?q=sme"):
        for number in page(path).all("main .number-of"):
            assert number.css.closest("a, h1, .category-card"), f"“{number.text}” on {path} leads nowhere"


def test_a_category_has_as_many_recommendations_as_its_card_says(page: Page) -> None:
    for card in page("/").all(".category-card"):
        number = number_in(card.one(".meta"))
        assert len(page(card.one(".name a")["href"]).all(".entry")) == number


@pytest.mark.parametrize("query", LISTS)
def test_a_total_is_the_same_on_the_page_in_its_rows_and_in_every_format(
    query: str, page: Page, client: Client
) -> None:
    first = page(f"/programmes/{query}")
    total = int(first.one("[data-total]")["data-total"])
    numbers = [1] + [int(link.text.split()[-1]) for link in first.all(".pages a") if link.text[-1].isdigit()]
    sign = "&" if query else "?"
    pages = [page(f"/programmes/{query}{sign}page={number}") for number in range(1, max(numbers) + 1)]
    slugs = [result["id"] for shown in pages for result in shown.all(".result")]
    assert len(slugs) == len(set(slugs)) == total
    assert number_in(first.one("h1")) == total
    assert f"{total} programme" in first.one("head title").text
    assert client.get(f"/programmes.json{query}").json()["count"] == total
    assert [row["slug"] for row in table(client, f"/programmes.csv{query}")] == slugs
    for file in (f"/programmes.bib{query}", f"/programmes.ris{query}"):
        keys = re.findall(r"(?m)^(?:@misc\{|ID  - )programme:([^,\s]+)", read_whole(client, file).decode())
        assert keys == slugs


def table(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines(keepends=True)  # type: ignore[attr-defined]
    return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    "query", ["", "?category=3", "?country=JP", "?category=2&country=CZ&country=NZ", "?country=GB"]
)
def test_recommendations_are_as_many_on_the_page_and_in_every_format(query: str, page: Page, client: Client) -> None:
    whole = page(f"/recommendations/{query}")
    total = int(whole.one("[data-total]")["data-total"])
    assert number_in(whole.one("h1")) == len(whole.all(".entry")) == total
    assert client.get(f"/recommendations.json{query}").json()["count"] == total
    rows = table(client, f"/recommendations.csv{query}")
    assert len(rows) == total
    for row in rows:
        assert int(row["programmes"]) == count(client, f"/programmes.json?recommendation={row['number']}")


def count(client: Client, address: str) -> int:
    return int(client.get(address).json()["count"])


def test_countries_are_as_many_as_their_rows(page: Page) -> None:
    whole = page("/countries/")
    rows = len(whole.all("tbody tr"))
    assert whole.one("h1").text == f"{rows} countries and economies"
    assert rows == int(whole.one("[data-total]")["data-total"]) == Country.objects.count()


@pytest.mark.parametrize(
    "query", ["", "?country=JP&region=europe", "?q=sme&category=1", "?recommendation=1.1&recommendation=4.7"]
)
def test_the_data_counts_each_facet_as_the_page_does(query: str, page: Page, client: Client) -> None:
    on_page = {
        (box["name"], box["value"]): int(re.sub(r"\D", "", count_of(box).text.rpartition(":")[2]))
        for box in page(f"/programmes/{query}").all(".choice input")
    }
    facets = client.get(f"/programmes.json{query}").json()["facets"]
    in_data = {(name, value["value"]): value["count"] for name, values in facets.items() for value in values}
    assert {key: number for key, number in on_page.items() if number or key in in_data} == in_data


def count_of(box: Element) -> Element:
    choice = box.css.closest(".choice")
    assert isinstance(choice, Element)
    return choice.one(".count")
