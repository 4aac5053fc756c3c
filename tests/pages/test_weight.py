"""A page stays light: all that a reader's first visit brings, over the wire."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from .conftest import Page

MOST = 50_000


def files(whole_page: list[str]) -> list[bytes]:
    """The static files of a page, compressed as the server keeps them for browsers that know gzip alone."""
    paths = [finders.find(address.removeprefix("/static/")) for address in whole_page]
    return [gzip.compress(Path(str(path)).read_bytes(), 9) for path in paths]


@pytest.mark.parametrize("path", ["/", "/programmes/", "/programmes/?q=sme", "/statement/", "/countries/MX/"])
def test_a_first_visit_brings_less_than_fifty_kilobytes(path: str, page: Page, client: Client) -> None:
    whole = page(path)
    needed = [element["src"] for element in whole.all("[src]")]
    needed += [link["href"] for link in whole.all("link") if link["rel"] in ("stylesheet", "icon")]
    assert "/static/css/catalogue.css" in needed
    response = client.get(path, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    headers = sum(len(name) + len(value) + 4 for name, value in response.items())
    assert headers + len(response.content) + sum(map(len, files(needed))) < MOST
