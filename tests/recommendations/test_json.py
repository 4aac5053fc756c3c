"""/recommendations.json and /recommendations/<number>.json."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from programmes.search.index_document import INDEX
from recommendations.serializers import RECOMMENDATION_COLUMNS
from tests.factories import make_many_programmes

pytestmark = pytest.mark.django_db


def test_the_list_has_the_34_in_the_order_of_the_statement(client: Client) -> None:
    answer = client.get("/recommendations.json").json()
    numbers = [result["number"] for result in answer["results"]]
    assert answer["count"] == len(numbers) == 34
    assert numbers[:3] == ["i", "1.1", "1.2"]
    assert numbers[-1] == "iii.5"
    assert list(answer["results"][0]) == RECOMMENDATION_COLUMNS


def test_gaps_are_those_of_part_ii_without_a_programme(client: Client) -> None:
    results = client.get("/recommendations.json").json()["results"]
    gaps = {result["number"]: result["gap"] for result in results}
    assert [number for number, gap in gaps.items() if gap] == ["2.6", "3.2", "3.5", "4.3", "4.5", "5.2", "5.4"]
    assert [number for number, gap in gaps.items() if gap is None] == ["i", *(f"iii.{n}" for n in range(1, 6))]


def test_a_category_or_countries_narrow_it(client: Client) -> None:
    def numbers(query: str) -> list[str]:
        return [result["number"] for result in client.get(f"/recommendations.json?{query}").json()["results"]]

    assert numbers("category=2") == [f"2.{n}" for n in range(1, 8)]
    assert numbers("country=KE") == ["3.1"]
    assert numbers("country=KE&country=FR") == ["2.5", "3.1"]
    assert numbers("country=KE&category=2") == []
    assert numbers("category=&page=9") == numbers("")


@pytest.mark.parametrize("address", ["/recommendations.json", "/recommendations.csv"])
def test_each_unknown_value_is_named_in_a_problem_document(client: Client, address: str) -> None:
    response = client.get(f"{address}?category=9&country=XX&country=YY")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert all(f"“{value}”" in response.json()["detail"] for value in ("9", "XX", "YY"))


def test_one_recommendation_comes_with_its_examples(client: Client) -> None:
    answer = client.get("/recommendations/1.1.json").json()
    assert [example["position"] for example in answer["examples"]] == list(range(1, 10))
    assert answer["examples"][2]["programmes"] == ["strategic-it-use-by-smes", "trade-and-investment-data-base-japan"]
    assert answer["programmes"] == len({slug for example in answer["examples"] for slug in example["programmes"]})
    assert answer["number_of_examples"] == 9


def test_of_more_examples_than_a_record_can_hold_it_gives_the_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommendations.views.detail.MOST", 5)
    answer = client.get("/recommendations/1.1.json").json()
    assert [example["position"] for example in answer["examples"]] == list(range(1, 6))
    assert answer["number_of_examples"] == 9


@pytest.mark.parametrize("number", ["9.9", "1", "I", "1.10", "x"])
def test_a_recommendation_that_there_is_not_is_not_found(client: Client, number: str) -> None:
    response = client.get(f"/recommendations/{number}.json")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert f"“{number}”" in response.json()["detail"]


def test_hundreds_of_programmes_take_no_query_more(
    client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    queries = {"/recommendations.json": 2, "/recommendations.json?country=JP&category=2": 2}
    queries |= {"/recommendations/2.1.json": 7}
    for many in (0, 300):
        make_many_programmes(many) if many else None
        INDEX.current_snapshot()  # Whoever comes first after a change brings the index up to date.
        for address, number in queries.items():
            with django_assert_num_queries(number):
                assert client.get(address).status_code == 200
