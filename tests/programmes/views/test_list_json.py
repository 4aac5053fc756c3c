"""/programmes.json and /programmes/<slug>.json."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from programmes.models import Programme
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from tests.factories import make_country, make_many_programmes
from tests.programmes.conftest import Asking

pytestmark = pytest.mark.django_db


def test_the_list_says_what_was_asked_and_found(ask: Asking) -> None:
    answer = ask(q="trade", country="TR")
    assert list(answer) == ["count", "page", "pages", "query", "facets", "results", "partial"]
    assert answer["query"] == {
        "q": "trade",
        "country": ["TR"],
        "region": [],
        "category": [],
        "recommendation": [],
        "provider": [],
        "status": [],
        "instrument": [],
        "topic": [],
        "beneficiary": [],
        "sort": "relevance",
        "dropped": [],
        "corrected": {},
        "expanded": {},
        "absent": [],
    }
    facets = ["country", "region", "category", "recommendation", "provider", "status"]
    assert list(answer["facets"]) == [*facets, "instrument", "topic", "beneficiary"]
    assert {"value": "TR", "label": "Türkiye", "count": answer["count"], "selected": True} in answer["facets"][
        "country"
    ]
    assert answer["count"] == len(answer["results"])
    assert all("TR" in [country["code"] for country in result["countries"]] for result in answer["results"])


def test_programmes_with_some_of_the_words_are_apart_with_what_they_have_and_lack(ask: Asking) -> None:
    answer = ask(q="venture capital loans Iceland")
    assert (answer["count"], answer["results"]) == (0, [])
    assert not any(value["count"] for facet in answer["facets"].values() for value in facet)
    found = [(one["slug"], one["has"], one["lacks"], one["in"]) for one in answer["partial"]]
    lacks = ["venture capital", "Iceland"]
    assert found == [
        ("advanced-financing-programme", ["loans"], lacks, "own"),
        ("investment-promotion-programmes-austria", ["loans"], lacks, "own"),
        ("global-fund-for-smes", ["loans"], lacks, "own"),
    ]
    assert answer["query"]["absent"] == lacks
    assert answer["query"]["expanded"]["loans"] == ["loan"]


def test_those_with_a_word_in_the_long_wording_alone_are_partial_and_last(ask: Asking) -> None:
    answer = ask(q="trade fairs")
    assert answer["count"] == len(answer["results"]) > 0
    assert [one["slug"] for one in answer["partial"]] == ["trade-commissioner-service", "rosettanet"]
    assert {(one["in"], *one["has"], *one["lacks"]) for one in answer["partial"]} == {("recommendation", "trade fairs")}


def test_partial_matches_stand_on_the_first_page_at_most_twenty(ask: Asking) -> None:
    assert len(ask(q="sme xyzzy")["partial"]) == 20
    make_many_programmes(30)
    first, second = (ask(q="many japan", page=page) for page in (1, 2))
    assert first["count"] == second["count"] == 30
    assert first["partial"]
    assert second["partial"] == []


def test_a_partial_match_is_the_record_with_three_keys_more(ask: Asking) -> None:
    [first, *_] = ask(q="loans Iceland")["partial"]
    record = {key: value for key, value in first.items() if key not in ("has", "lacks", "in")}
    assert record in ask(q="loans")["results"]


def test_a_chosen_value_that_no_programme_has_is_absent_by_its_label(ask: Asking) -> None:
    make_country("IS", name="Iceland")
    assert ask(q="loans", country=["IS", "JP"], status="merged")["query"]["absent"] == [
        "Iceland",
        "Merged into another",
    ]
    assert ask(country="JP")["query"]["absent"] == []


def test_it_has_twenty_a_page(ask: Asking) -> None:
    pages = [ask(page=number) for number in (1, 2, 3, 4)]
    assert [len(page["results"]) for page in pages] == [20, 20, 20, 7]
    assert {(page["count"], page["pages"]) for page in pages} == {(67, 4)}
    assert [page["page"] for page in pages] == [1, 2, 3, 4]
    assert pages[0] == ask() == ask(page="")


def test_letters_stay_letters(client: Client) -> None:
    assert "Türkiye" in client.get("/programmes.json?country=TR").content.decode()


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("q=&country=&region=&category=&recommendation=&provider=&sort=&page=", ""),
        ("country=&country=JP", "country=JP"),
        ("country=JP&country=JP", "country=JP"),
        ("colour=red&sort[]=x&__proto__=1&csrfmiddlewaretoken=1", ""),
        ("sort=relevance", "sort=name"),
        ("Country=XX", ""),
    ],
)
def test_empty_values_are_not_asked_and_other_parameters_not_heeded(ask: Asking, narrow: str, wide: str) -> None:
    assert ask(narrow) == ask(wide)


def test_several_values_of_a_facet_mean_any_and_several_facets_all(slugs: Asking) -> None:
    japan, mexico, first = set(slugs(country="JP")), set(slugs(country="MX")), set(slugs(category="1"))
    assert set(slugs(country=["JP", "MX"])) == japan | mexico
    assert set(slugs(country=["JP", "MX"], category="1")) == (japan | mexico) & first


@pytest.mark.parametrize("address", ["/programmes.json", "/programmes.csv"])
def test_each_unknown_value_is_named_in_a_problem_document(client: Client, address: str) -> None:
    response = client.get(f"{address}?country=XX&country=YY&region=moon&sort=age&country=JP&page=7")
    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert problem["status"] == 422
    assert set(problem["errors"]) == {"country", "region", "sort"}
    assert all(f"“{value}”" in problem["detail"] for value in ("XX", "YY", "moon", "age"))
    assert "JP" not in problem["detail"]


def test_the_page_says_what_it_does_not_know_and_shows_no_programme(client: Client) -> None:
    response = client.get("/programmes/?country=XX&country=JP&region=moon")
    page = response.content.decode()
    assert response.status_code == 200
    assert "There is no country or economy “XX” in the catalogue." in page
    assert "There is no region “moon” in the catalogue." in page
    # The links to programmes, of which there are none; the list itself is linked.
    assert not [slug for slug in Programme.objects.values_list("slug", flat=True) if f"/programmes/{slug}/" in page]


NO_PAGES = ["0", "-1", "5", "x", "1e3", "1.5", " 2", "+2", "١", "²", "9" * 20, "0x1", "None", "\x00", "2\n", "1,2"]


@pytest.mark.parametrize("asked", NO_PAGES)
def test_a_page_that_is_none_is_not_found_and_the_last_is_named(client: Client, asked: str) -> None:
    response = client.get("/programmes.json", {"page": asked})
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert "the last page is 4" in response.json()["detail"]


@pytest.mark.parametrize("asked", NO_PAGES)
def test_the_page_links_to_the_last_one(client: Client, asked: str) -> None:
    response = client.get("/programmes/", {"page": asked, "sort": "country"})
    assert response.status_code == 404
    assert "/programmes/?page=4&amp;sort=country" in response.content.decode()


def test_an_empty_list_has_one_page(ask: Asking, client: Client) -> None:
    assert (ask(q="xyzzy")["pages"], ask(q="xyzzy", page=1)["results"]) == (1, [])
    assert client.get("/programmes.json?q=xyzzy&page=2").status_code == 404


def test_one_programme_is_the_record_of_the_list(ask: Asking, client: Client) -> None:
    for result in ask(country="PT")["results"]:
        assert client.get(f"/programmes/{result['slug']}.json").json() == result


def test_a_programme_that_there_is_not_is_not_found(client: Client) -> None:
    response = client.get("/programmes/nothing.json")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert "“nothing”" in response.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/programmes.json", "/programmes.csv", "/programmes/covisint.json"])
def test_readers_only_read(client: Client, method: str, address: str) -> None:
    assert getattr(client, method)(address).status_code == 405


def test_hundreds_of_programmes_take_no_query_more(client: Client, django_assert_num_queries: Asking) -> None:
    queries = {"/programmes.json": 1, f"/programmes.json?q={quote('sme -xyzzy')}&country=JP": 1}
    for more in (0, 300):
        make_many_programmes(more) if more else None
        client.get("/programmes.json")  # Whoever comes first after a change brings the index up to date.
        for address, number in queries.items():
            with django_assert_num_queries(number):
                answer: Any = client.get(address)
            assert answer.status_code == 200


def test_one_programme_takes_one_query_however_many_examples_it_has(
    client: Client, django_assert_num_queries: Asking
) -> None:
    find(ListQuery())  # Whoever comes first after a change brings the index up to date.
    for slug in ("covisint", "rosettanet"):
        with django_assert_num_queries(1):
            assert client.get(f"/programmes/{slug}.json").status_code == 200
