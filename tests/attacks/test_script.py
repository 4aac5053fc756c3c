"""Script that was typed or imported into a record stays text, in every format; what cannot be followed is no link."""

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pytest
import rispy
from django.test import Client
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from pybtex.database import parse_string

from programmes.models import Programme
from tests.hostile import Elements, nothing_runs, whole
from tests.reading_files import read_csv

from .planted import MARK, NAMES, plant

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = [
    *("/", "/programmes/", f"/programmes/?q={MARK}", "/recommendations/2.1/", "/countries/", "/evidence-map/"),
    *("/evidence-map/?columns=region", "/statement/", f"/search/?q={MARK}", "/about/", "/api/", "/recommendations/"),
    *("/compare/?country=QA&country=QB&country=QC&country=QD", "/programmes/?country=QA&country=ZZ"),
]
ADMIN = ["programme", "country", "organisation", "example", "source"]


@pytest.fixture(autouse=True)
def planted(db: None) -> list[Programme]:
    return plant()


def addresses(found: Any) -> Iterator[str]:
    """Every value of a JSON document whose name says that it is an address."""
    if isinstance(found, dict):
        for name, value in found.items():
            if name in ("url", "@id", "contentUrl", "item", "license") and isinstance(value, str):
                yield value
            else:
                yield from addresses(value)
    elif isinstance(found, list):
        for value in found:
            yield from addresses(value)


def lead_to_the_web(found: Any) -> bool:
    listed = list(addresses(found))
    assert [url for url in listed if not url.startswith(("http://", "https://", "/"))] == []
    assert [url for url in listed if url.startswith(("//", "/static"))] == []
    return bool(listed)


def sound(page: str) -> None:
    """Nothing in it runs, and what it says of itself to programs is JSON that ends where it should."""
    nothing_runs(page)
    for part in page.split('<script type="application/ld+json">')[1:]:
        lead_to_the_web(json.loads(part.partition("</script>")[0]))


@pytest.mark.parametrize("path", PAGES)
def test_on_pages_it_is_text(path: str, client: Client) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    sound(whole(answer))


def test_on_a_page_of_its_own_it_is_text(client: Client) -> None:
    for number, name in enumerate(NAMES):
        for path in (f"/programmes/{MARK}-{number}/", f"/countries/Q{chr(65 + number)}/"):
            page = whole(client.get(path))
            sound(page)
            assert name not in page or "<" not in name, name
            assert f"{MARK}" in page


def test_ticked_for_a_brief_it_is_text(client: Client) -> None:
    asked = {"programme": [f"{MARK}-{number}" for number in range(len(NAMES))]}
    sound(whole(client.get("/brief/", asked)))
    written = whole(client.get("/brief.md", asked))
    shown = MarkdownIt("commonmark").render(written)
    nothing_runs(shown)
    links = [attributes["href"] for tag, attributes in Elements(shown).found if tag == "a"]
    assert [link for link in links if not (link or "").startswith(("http://testserver/", "https://", "http://"))] == []


@pytest.mark.parametrize(
    "path",
    [
        *("/programmes.json", "/api/v1/programmes", "/api/v1/countries", "/api/v1/providers", "/api/v1/examples"),
        *(f"/programmes/{MARK}-0.json", "/recommendations/2.1.json", "/examples.json", "/api/v1/countries/QA"),
        *(f"/search/suggest?q={MARK}", f"/programmes.json?q={MARK}&country=QB"),
    ],
)
def test_in_json_it_is_text_and_no_address(path: str, client: Client) -> None:
    answer: Any = client.get(path)
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert lead_to_the_web(json.loads(whole(answer)))


def test_in_the_feed_it_is_text(client: Client) -> None:
    feed = ET.fromstring(whole(client.get("/feeds/programmes.atom")))  # noqa: S314 (our own)
    assert {element.tag.partition("}")[0] for element in feed.iter()} == {ATOM.strip("}")}
    links = [element.get("href", "") for element in feed.iter(f"{ATOM}link")]
    assert [link for link in links if not link.startswith("http://testserver/")] == []
    for summary in feed.iter(f"{ATOM}summary"):
        assert summary.get("type") == "html"
        assert {tag for tag, _ in Elements(summary.text or "").found} <= {"br"}


@pytest.mark.parametrize("path", ["/programmes.csv", "/examples.csv", "/recommendations.csv", "/evidence-map.csv"])
def test_in_csv_no_cell_is_a_formula_however_it_is_parted(path: str, client: Client) -> None:
    rows = read_csv(client, path)
    assert len(rows) > 1
    cells = [cell for row in rows for cell in row]
    parted = [part for cell in cells for part in cell.replace("\n", ";").replace("\t", ";").split(";")]
    hidden = " \t\r\n\u200b\ufeff\u2060"
    assert [cell for cell in (*cells, *parted) if cell.strip(hidden).startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("path", ["/programmes.xlsx", "/recommendations.xlsx"])
def test_in_a_workbook_no_cell_is_a_formula_or_a_link(path: str, client: Client) -> None:
    book = load_workbook(io.BytesIO(b"".join(client.get(path))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    if "programmes" in path:
        assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_no_reference_is_forged(client: Client) -> None:
    number = Programme.objects.count()
    found = rispy.loads(whole(client.get("/programmes.ris")))
    assert len(found) == number
    assert {record["type_of_reference"] for record in found} == {
        rispy.loads(whole(client.get("/programmes/covisint.ris")))[0]["type_of_reference"]
    }
    entries = parse_string(whole(client.get("/programmes.bib")), "bibtex").entries
    assert len(entries) == number
    for url in [*(entry.fields["url"] for entry in entries.values()), *(url for r in found for url in r["urls"])]:
        assert url.startswith("http://testserver/")


@pytest.mark.parametrize("model", ADMIN)
def test_curators_see_it_as_text(model: str, admin_client: Client) -> None:
    listed = admin_client.get(f"/admin/programmes/{model}/?q={MARK}")
    nothing_runs(whole(listed))
    for record in listed.context["cl"].result_list[:25]:
        page = f"/admin/programmes/{model}/{record.pk}"
        for part in ("change", "delete", "history"):
            nothing_runs(whole(admin_client.get(f"{page}/{part}/")))


def test_curators_cannot_type_an_address_that_runs(admin_client: Client) -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"):
        page = admin_client.post("/admin/programmes/source/add/", {"title": "a", "url": url, "date": "2010-01-01"})
        assert "Enter a valid URL." in page.content.decode()
