"""Any site's programs may read the data, and nothing else; what they may not do they are told as data."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

OPEN = ["/programmes.json", "/programmes.csv?country=JP", "/examples.csv", "/recommendations/2.1.json"]
WRONG = ["/nothing.json", "/programmes.json?country=XX", "/programmes.json?page=99"]
PAGES = ["/", "/programmes/", "/about/", "/programmes/covisint/", "/no-such-page/"]


def is_open(response: Any) -> bool:
    assert "Access-Control-Allow-Credentials" not in response
    return bool(
        response.get("Access-Control-Allow-Origin") == "*"
        and "ETag, Catalogue-Revision, Retry-After" in response.get("Access-Control-Expose-Headers", "")
        and not response.cookies
    )


@pytest.mark.parametrize("address", [*OPEN, *WRONG])
def test_any_site_may_read_the_data_and_what_was_wrong_with_a_question(address: str, client: Client) -> None:
    for _ in ("made", "kept"):
        assert is_open(client.get(address, headers={"Origin": "https://elsewhere.example"}))


@pytest.mark.parametrize("address", OPEN)
def test_who_has_it_may_read_that_it_is_unchanged(address: str, client: Client) -> None:
    tag = client.get(address)["ETag"]
    unchanged = client.get(address, headers={"If-None-Match": tag})
    assert unchanged.status_code == 304
    assert is_open(unchanged)


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_for_readers_of_this_site(address: str, client: Client) -> None:
    response = client.get(address, headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in response.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("address", OPEN)
def test_a_browser_that_asks_first_is_told_what_it_may_do(address: str, client: Client) -> None:
    asking = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    asking["Access-Control-Request-Headers"] = "if-none-match, x-requested-with"
    response = client.options(address, headers=asking)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert response["Access-Control-Allow-Headers"] == "*"
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert is_open(response)


@pytest.mark.parametrize("enforced", [False, True])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_what_would_change_data_is_refused_as_data(method: str, enforced: bool) -> None:
    response = Client(enforce_csrf_checks=enforced).generic(method, "/programmes.json")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["detail"].startswith(f"{method} is not possible here")
    assert is_open(response)


def test_where_nothing_stands_no_method_is_possible(client: Client) -> None:
    for method in ("OPTIONS", "POST"):
        response: Any = client.generic(method, "/nothing.json")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
