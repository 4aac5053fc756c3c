"""/api/: readable, true today, and its examples run."""

import json
import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from programmes.models import Programme

from .conftest import Page
from .reading import Element, read


def test_each_address_stands_there_with_its_parameters_and_a_real_answer(page: Page, client: Client) -> None:
    whole, described = page("/api/"), client.get("/api/v1/openapi.json").json()["paths"]
    sections = whole.all(".operation")
    assert [section.one("h3").text for section in sections] == list(described)
    for section in sections:
        answer = json.loads(section.one("pre code").text)
        address = next(link for link, words in section.links().items() if words == "The answer whole")
        whole_answer = client.get(address).json()
        assert list(answer) == list(whole_answer)
        assert answer.get("count") == whole_answer.get("count")
    listed = next(section for section in sections if section["id"] == "programmes")
    assert [term.text for term in listed.all("dt code")][:2] == ["q", "country"]
    assert "251 values" in listed.text
    assert "business-body" in listed.text


def test_it_shows_what_goes_wrong(page: Page) -> None:
    assert '"status": 422' in page("/api/").text
    assert "There is no country or economy “XX” in the catalogue." in page("/api/").text


def test_it_leads_to_the_description_for_programs(page: Page) -> None:
    assert "/api/v1/openapi.json" in page("/api/").links()


@pytest.fixture
def documented(live_server: LiveServer, catalogue: None) -> Element:
    """The page as a server sends it, with that server's address in the examples."""
    with urlopen(f"{live_server.url}/api/") as answer:  # noqa: S310 (an address of our own)
        return read(answer.read().decode())


def code(documented: Element, name: str) -> str:
    """An example as it is copied from the page, line ends and all."""
    return documented.anchor(name).get_text()


def said(*command: str) -> str:
    """What an example prints; that it fails is a failure."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_two_countries() -> set[str]:
    return set(Programme.objects.filter(countries__code__in=["JP", "MX"]).values_list("slug", flat=True))


def test_the_example_for_curl_runs(documented: Element) -> None:
    assert json.loads(said("sh", "-c", code(documented, "curl")))["count"] == 9


def test_the_example_for_python_runs(documented: Element) -> None:
    lines = said(sys.executable, "-c", code(documented, "python")).splitlines()
    assert len(lines) == len(in_two_countries()) == 17
    assert {line.partition("\t")[0] for line in lines} == in_two_countries()


def test_the_example_for_pandas_runs(documented: Element) -> None:
    printed = said(sys.executable, "-c", code(documented, "pandas"))
    numbers = dict(line.split() for line in printed.splitlines() if line[:1].isdigit())
    both = Programme.objects.filter(slug__in=in_two_countries())
    assert numbers
    for number, count in numbers.items():
        assert int(count) == both.filter(examples__recommendation__number=number).distinct().count()
