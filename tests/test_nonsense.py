"""No input whatever breaks a page, and none comes back unescaped."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile import (
    API,
    FILES,
    LISTS,
    MARK,
    MARKUP,
    NONSENSE,
    PAGES,
    PARAMETERS,
    does_no_harm,
    is_sound,
    named,
    public_addresses,
    queries,
    whole,
)

pytestmark = pytest.mark.django_db
parsed = pytest.mark.only("sqlite", "it is about parsing; the tests of hostile addresses and queries ask both")


@parsed
@pytest.mark.parametrize("text", NONSENSE, ids=named)
def test_nonsense_in_parameters_is_answered(client: Client, text: str) -> None:
    every = dict.fromkeys(PARAMETERS, text)
    for address in ("/programmes.json", "/programmes.csv", "/recommendations.json"):
        is_sound(client.get(address, every), 200, 422)
    for address in FILES:
        is_sound(client.get(address, {"q": text}), 200, 422)
    for address in API:
        is_sound(client.get(address, every), 200, 404, 422)
    is_sound(client.get("/brief.md", {"programme": text}), 200)
    is_sound(client.get("/programmes.json", {"q": text}), 200, 422)
    is_sound(client.get("/programmes/covisint/", {"page": text}), 200)


@parsed
@pytest.mark.parametrize("text", MARKUP, ids=named)
def test_markup_in_parameters_does_nothing_on_a_page(client: Client, text: str) -> None:
    for address in ("/programmes/", "/recommendations/", "/", "/compare/", "/brief/"):
        is_sound(client.get(address, dict.fromkeys(PARAMETERS, text)), 200)
    for address in ("/programmes/", "/search/"):
        is_sound(client.get(address, {"q": text}), 200)
    is_sound(client.get("/programmes/", {"page": text}), 404)


@pytest.mark.parametrize("text", [text for text in NONSENSE if text not in (".", "..")], ids=named)
def test_nonsense_in_an_address_is_not_found(client: Client, text: str) -> None:
    part = quote(text, safe="")
    for folder in ("programmes", "recommendations", "countries"):
        is_sound(client.get(f"/{folder}/{part}/"), 200, 301, 404)
        is_sound(client.get(f"/api/v1/{folder}/{part}"), 200, 301, 404)
    for form in ("json", "bib", "ris"):
        is_sound(client.get(f"/recommendations/{part}.{form}"), 200, 404)
    is_sound(client.get(f"/api/v1/{part}"), 200, 404)
    is_sound(client.get(f"/{part}"), 200, 301, 302, 404)


def test_what_was_typed_comes_back_escaped(client: Client) -> None:
    typed = f"<i class=\"{MARK}\">'{MARK}'&"
    for address in ("/programmes/", "/search/"):
        page = whole(client.get(address, {"q": typed}))
        assert typed not in page
        assert f"&lt;i class=&quot;{MARK}&quot;&gt;&#x27;{MARK}&#x27;&amp;" in page
    for address, name in (("/compare/", "country"), ("/brief/", "programme")):
        page = whole(client.get(address, {name: typed}))
        assert MARK in page
        assert f'<i class="{MARK}' not in page
    for name in ("country", "sort", "page"):
        page = whole(client.get("/programmes/", {name: typed}))
        assert MARK in page
        assert f'<i class="{MARK}' not in page


@parsed
@pytest.mark.parametrize("address", [*LISTS, *FILES, *API, *PAGES])
@pytest.mark.parametrize(
    "query",
    [
        "%",
        "%zz",
        "q=%ff%fe",
        "q=%ed%a0%80",
        "q=%c0%ae",
        "&&&===",
        "q",
        "=",
        "q[]=a&q[b]=c",
        "q=a;country=JP",
        "country=JP" + "&country=XX" * 500,
        "&".join(f"country={number}" for number in range(990)),
        "page=1&page=x&page=2",
        "q=" + "a" * 100_000,
    ],
    ids=lambda query: query[:20],
)
def test_query_strings_that_are_none_are_answered(client: Client, address: str, query: str) -> None:
    is_sound(client.get(address, QUERY_STRING=query), 200, 404, 422)


@parsed
@pytest.mark.parametrize("address", [*LISTS, *API, *PAGES])
def test_more_parameters_than_anyone_types_are_refused_in_words(client: Client, address: str) -> None:
    is_sound(client.get(address, QUERY_STRING="a=1&" * 2000), 200, 400)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=40), min_size=1))
def test_whatever_else_is_typed_is_answered(asked: dict[str, str]) -> None:
    client = Client()
    for address in ("/programmes.json", "/recommendations.json", "/programmes/"):
        is_sound(client.get(address, asked), 200, 404, 422)


@pytest.mark.parametrize("address", public_addresses())
def test_hostile_query_strings_do_no_harm_at_any_address(address: str, client: Client) -> None:
    """The short form; the long one, of 10,000 each, stands in tests/soak/."""
    answer = client.get(address)
    assert (answer.status_code, bool(whole(answer))) == (200, True)
    for query in queries(25, address):
        does_no_harm(client.get(address, QUERY_STRING=query), query, thorough=True)
