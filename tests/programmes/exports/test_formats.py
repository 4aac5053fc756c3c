"""Every format of a list has the same programmes in the same order, whatever it is filtered by.

Some of it in each run; for longer:
    FORMAT_CASES=200 .venv/bin/pytest tests/programmes/exports/test_formats.py
"""

import os
from html import unescape
from io import BytesIO
from random import Random
from urllib.parse import urlencode, urlsplit

import pytest
import rispy
from django.test import Client
from django.utils.safestring import SafeString
from openpyxl import load_workbook
from pybtex.database import parse_string

from programmes.models import Programme
from programmes.search.facet_labels import FacetLabels
from programmes.search.list_query import SORTS
from tests.programmes.conftest import Asking

from .test_programmes_feed import feed, pages
from .test_programmes_feed import slugs as in_feed

__all__ = ["feed"]
pytestmark = pytest.mark.django_db

CASES = int(os.environ.get("FORMAT_CASES", "30"))
WORDS = [
    "sme",
    "trade fair",
    "clusters",
    '"value chains"',
    "-japan",
    "export grants",
    "standrads",
    "technology",
    "zebra",
]


def query(random: Random) -> str:
    """A query string of some filters, words or not, and an order."""
    asked: list[tuple[str, str]] = []
    for name, entries in FacetLabels.load().entries.items():
        if random.random() < 0.35:
            asked += [(name, entry.value) for entry in random.sample(entries, random.randint(1, min(6, len(entries))))]
    if random.random() < 0.5:
        asked.append(("q", random.choice(WORDS)))
    asked.append(("sort", random.choice(["", *SORTS])))
    return urlencode(asked)


@pytest.mark.parametrize("case", range(CASES))
def test_every_format_has_the_same_programmes_in_the_same_order(
    case: int, client: Client, rows: Asking, slugs: Asking, ask: Asking, feed: Asking
) -> None:
    asked = query(Random(case))  # noqa: S311
    expected = [row[0] for row in rows(f"/programmes.csv?{asked}")[1:]]
    first = ask(asked)
    in_json = [r["slug"] for n in range(first["pages"]) for r in ask(f"{asked}&page={n + 1}")["results"]]
    assert (in_json, first["count"]) == (expected, len(expected)), asked
    workbook = load_workbook(BytesIO(client.get(f"/programmes.xlsx?{asked}").getvalue()))
    assert [row[0] for row in workbook["Records"].values][1:] == expected, asked
    assert dict(workbook["About"].values)["Records"] == len(expected)
    entries = parse_string(client.get(f"/programmes.bib?{asked}").getvalue().decode(), "bibtex").entries
    assert [key.removeprefix("programme:") for key in entries] == expected, asked
    records = rispy.loads(client.get(f"/programmes.ris?{asked}").getvalue().decode())
    assert [record["id"].removeprefix("programme:") for record in records] == expected, asked
    assert client.get(f"/api/v1/programmes?{asked}").json() == first
    mapped = client.get(f"/evidence-map/?{asked}").context
    assert mapped["total"] == len(expected), asked
    for row in [row for _, group in mapped["groups"] for row in group][:: max(1, len(expected) // 3)]:
        assert count(client, row.all.url) == row.all.count, row.all.url
        assert all(count(client, cell.url) == cell.count for cell in row.cells if cell.count), asked
    newest = [slug for page in pages(feed, f"/feeds/programmes.atom?{asked}") for slug in in_feed(page)]
    in_order = Programme.objects.filter(slug__in=expected).order_by("-pk")
    assert newest == list(in_order.values_list("slug", flat=True)), asked


def count(client: Client, url: str) -> int:
    """How many programmes the list at an address has."""
    # The cells' addresses are escaped already, the others are escaped by the template.
    query = urlsplit(unescape(url) if isinstance(url, SafeString) else url).query
    return int(client.get(f"/programmes.json?{query}").json()["count"])
