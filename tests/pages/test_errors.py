"""What goes wrong, in words; where data was asked for, as a problem document."""

import importlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from .conftest import Page
from .reading import Element, read

LISTS = ["/programmes/", "/recommendations/", "/countries/", "/statement/"]
home = importlib.import_module("gvc_catalogue.site.views.home")
data = importlib.import_module("programmes.views.list")


@pytest.fixture
def lenient() -> Client:
    """A client that gets the page of a server's error instead of the exception."""
    return Client(raise_request_exception=False)


def words(response: Any, status: int) -> Element:
    assert response.status_code == status
    whole = read(response.content.decode())
    assert whole.one("html")["lang"] == "en"
    assert "/static/css/catalogue.css" in [link["href"] for link in whole.all("link")]
    return whole


def raising(error: Exception) -> Any:
    def view(*args: Any, **kwargs: Any) -> None:
        raise error

    return view


@pytest.mark.parametrize(
    "path", ["/nothing/", "/programmes/nothing/", "/recommendations/9/", "/countries/XX/", "/a%00b/"]
)
def test_what_is_not_there_says_so_and_where_to_go(path: str, page: Page) -> None:
    whole = page(path, 404)
    assert whole.one("h1").text == "There is no such page"
    assert "There is no" in whole.one(".lead").text
    assert set(LISTS) <= set(whole.one("main").links())


def test_an_address_comes_back_as_text(page: Page) -> None:
    assert "“/<b>x</b>/”" in page("/%3Cb%3Ex%3C/b%3E/", 404).one(".lead").text


@pytest.mark.parametrize("asked", ["0", "5", "-1", "x", "1.5", "٣", "9" * 30, "1e1", "%00", "1%20"])
def test_a_page_that_is_none_leads_to_the_last(asked: str, page: Page) -> None:
    whole = page(f"/programmes/?page={asked}", 404)
    assert whole.one("main").links()["/programmes/?page=4"] == "Go to page 4, the last one"


def test_the_last_page_keeps_the_filters(page: Page) -> None:
    links = page("/programmes/?country=JP&country=MX&page=7", 404).one("main").links()
    assert page(next(link for link in links if "page=" in link)).one("h1").text.startswith("17 programmes")


def test_not_allowed(lenient: Client, catalogue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "render", raising(PermissionDenied()))
    assert words(lenient.get("/"), 403).one("h1").text == "This is not open to you"


def test_a_form_without_its_token_gets_the_same_page(catalogue: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {})
    whole = words(response, 403)
    assert whole.one("h1").text == "This is not open to you"
    assert "send it once more" in whole.text


def test_not_understood(lenient: Client) -> None:
    whole = words(lenient.get("/", headers={"host": "elsewhere.example"}), 400)
    assert whole.one("h1").text == "That could not be understood"
    assert "/programmes/" in whole.links()


def test_something_broke(lenient: Client, catalogue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "render", raising(ValueError("secret")))
    whole = words(lenient.get("/"), 500)
    assert whole.one("h1").text == "Something broke here"
    assert "secret" not in whole.text


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.json",
        "/nothing.csv",
        "/programmes/nothing.json",
        "/recommendations/9.9.json",
        "/programmes.json?page=9",
    ],
)
def test_data_that_is_not_there_is_a_problem_document(path: str, client: Client, catalogue: None) -> None:
    problem(client.get(path), 404)


def test_data_not_understood_or_broken_is_a_problem_document(
    lenient: Client, catalogue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem(lenient.get("/programmes.json", headers={"host": "elsewhere.example"}), 400)
    monkeypatch.setattr(data, "find", raising(PermissionDenied()))
    problem(lenient.get("/programmes.json"), 403)
    monkeypatch.setattr(data, "find", raising(ValueError("secret")))
    assert "secret" not in problem(lenient.get("/programmes.json"), 500)["detail"]


@pytest.mark.parametrize(
    "path", ["/programmes.json?country=XX", "/programmes.csv?sort=x", "/recommendations.csv?category=9"]
)
def test_a_value_that_does_not_exist_is_a_problem_document(path: str, client: Client, catalogue: None) -> None:
    assert "There is no" in problem(client.get(path), 422)["detail"]


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["type"] == "about:blank"
    assert body["title"]
    assert body["detail"]
    return body
