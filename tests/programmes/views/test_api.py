"""/api/v1/…: the same records as on the pages and in the files, under addresses that do not end."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from programmes.models import Country, FormerSlug, Organisation, Programme
from recommendations.models import Category, Recommendation
from tests.factories import make_country, make_example, make_organisation, make_programme

pytestmark = pytest.mark.django_db

Asking = Callable[[str], Any]


@pytest.fixture
def api(client: Client) -> Asking:
    """What the API answers to an address below /api/v1/."""
    return lambda address: client.get(f"/api/v1/{address}").json()


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("programmes", "/programmes.json"),
        ("programmes?country=JP&q=sme&sort=country&page=1", "/programmes.json?country=JP&q=sme&sort=country&page=1"),
        ("programmes?country=XX&sort=age", "/programmes.json?country=XX&sort=age"),
        ("programmes?page=99", "/programmes.json?page=99"),
        ("programmes/covisint", "/programmes/covisint.json"),
        ("recommendations?category=2", "/recommendations.json?category=2"),
        ("recommendations?category=9", "/recommendations.json?category=9"),
        ("recommendations/2.1", "/recommendations/2.1.json"),
        ("recommendations/9.9", "/recommendations/9.9.json"),
    ],
)
def test_it_is_one_thing_with_the_file_of_that_name(address: str, file: str, client: Client) -> None:
    one, other = client.get(f"/api/v1/{address}"), client.get(file)
    ids = [answer["X-Request-ID"].encode() for answer in (one, other)]
    assert one.content.replace(ids[0], b"") == other.content.replace(ids[1], b"")
    assert (one.status_code, one["Content-Type"]) == (other.status_code, other["Content-Type"])


def test_a_programme_that_was_renamed_leads_to_its_address_here(client: Client) -> None:
    FormerSlug.objects.create(slug="former", programme=Programme.objects.get(slug="covisint"))
    assert client.get("/api/v1/programmes/former")["Location"] == "/api/v1/programmes/covisint"
    assert client.get("/programmes/former.json")["Location"] == "/programmes/covisint.json"


def test_categories_count_what_choosing_them_gives(api: Asking) -> None:
    found = api("categories")
    assert found["count"] == len(found["results"]) == 7
    for one in found["results"]:
        category = Category.objects.get(code=one["code"])
        assert (one["title"], one["annex_title"]) == (category.title, category.annex_title)
        assert one["recommendations"] == api(f"recommendations?category={one['code']}")["count"]
        assert one["programmes"] == api(f"programmes?category={one['code']}")["count"]


def test_countries_count_what_choosing_them_gives(api: Asking) -> None:
    make_country("XN", name="Nowhere yet")
    found = api("countries")
    assert [one["code"] for one in found["results"]] == list(Country.objects.values_list("code", flat=True))
    assert found["count"] == 22
    for one in found["results"]:
        assert one["programmes"] == api(f"programmes?country={one['code']}")["count"]
        assert one["name_in_source"] == Country.objects.get(code=one["code"]).name_in_source


def test_a_country_is_told_over_all_recommendations_of_part_ii(api: Asking) -> None:
    japan = api("countries/JP")
    assert {name: japan[name] for name in ("code", "code3", "name", "region", "url", "programmes")} == {
        "code": "JP",
        "code3": "JPN",
        "name": "Japan",
        "region": "asia",
        "url": "/countries/JP/",
        "programmes": 9,
    }
    assert [one["number"] for one in japan["recommendations"]] == list(
        Recommendation.objects.of_part_ii().values_list("number", flat=True)
    )
    for one in japan["recommendations"]:
        assert one["programmes"] == api(f"programmes?country=JP&recommendation={one['number']}")["count"]
    assert {0, 1} < {one["programmes"] for one in japan["recommendations"]}


def test_providers_are_those_who_run_programmes_a_page_at_a_time(api: Asking) -> None:
    make_organisation("Only a partner")
    first = api("providers")
    pages = [first, *(api(f"providers?page={number}") for number in range(2, first["pages"] + 1))]
    found = [one for page in pages for one in page["results"]]
    assert [len(page["results"]) for page in pages[:-1]] == [20] * (first["pages"] - 1)
    names = Organisation.objects.exclude(programmes=None).distinct().order_by("name").values_list("name", flat=True)
    assert [one["name"] for one in found] == list(names)
    assert first["count"] == len(found)
    for one in found:
        assert one["programmes"] == Programme.objects.filter(provider__name=one["name"]).count()
    assert sum(one["programmes"] for one in found) == Programme.objects.count()


def test_a_provider_says_where_it_belongs(api: Asking) -> None:
    make_programme(provider=make_organisation("AAA", country=Country.objects.get(code="JP"), kind="company"))
    make_programme(provider=make_organisation("AAB"))
    one, other = api("providers")["results"][:2]
    japan = {"code": "JP", "name": "Japan", "region": "asia", "url": "/countries/JP/"}
    assert one == {"name": "AAA", "kind": "company", "country": japan, "programmes": 1}
    assert other == {"name": "AAB", "kind": "government", "country": None, "programmes": 1}


def test_examples_come_a_page_at_a_time_and_the_file_has_them_all(api: Asking, client: Client) -> None:
    make_example("1.1", make_programme(), text="A late one.")
    pages = [api(f"examples?page={number}") for number in range(1, 5)]
    assert [len(page["results"]) for page in pages] == [20, 20, 20, 5]
    assert {(page["count"], page["pages"]) for page in pages} == {(65, 4)}
    whole: Any = client.get("/examples.json")
    assert [one for page in pages for one in page["results"]] == json.loads(whole.getvalue())["results"]


LISTS = ["programmes", "providers", "examples"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "1.5", "9" * 9, "9" * 20, "9" * 400, "١", "%00", "²"])
def test_a_page_that_is_none_is_not_found_and_the_last_is_named(address: str, page: str, client: Client) -> None:
    response = client.get(f"/api/v1/{address}?page={page}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert "the last page is" in response.json()["detail"]


@pytest.mark.parametrize(
    "address",
    [
        *("programmes/nothing", "programmes/", "programmes/a/b", "recommendations/9.9", "recommendations/", "nothing"),
        *(
            "countries/XX",
            "countries/JPN",
            "countries/JP/",
            "categories/1",
            "providers/x",
            "",
            "%00",
            "<script>",
        ),
    ],
)
def test_what_is_not_there_is_a_problem_document(address: str, client: Client) -> None:
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert "There is no" in response.json()["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("address", [*LISTS, "categories", "countries", "countries/JP", "recommendations/2.1"])
def test_programs_only_read(method: str, address: str, client: Client) -> None:
    response = client.generic(method, f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "address", [*LISTS, "categories", "countries/JP", "recommendations/2.1", "programmes/covisint"]
)
def test_what_a_program_has_is_not_sent_again(address: str, client: Client) -> None:
    first = client.get(f"/api/v1/{address}")
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Access-Control-Allow-Origin"] == again["Access-Control-Allow-Origin"] == "*"
