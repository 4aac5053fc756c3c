"""/programmes.xlsx."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from gvc_catalogue.formats.xlsx import response as workbooks
from gvc_catalogue.formats.xlsx.cells import canonical
from gvc_catalogue.search_index.sync import revision
from programmes.models.serializers import PROGRAMME_COLUMNS
from tests.factories import make_many_programmes
from tests.programmes.conftest import Asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(client: Client) -> Asking:
    """The workbook of a list, opened: its sheets by name, each as rows of values."""

    def answer(query: str = "") -> dict[str, list[tuple[Any, ...]]]:
        response = client.get(f"/programmes.xlsx{query}")
        assert response.status_code == 200
        opened = load_workbook(BytesIO(b"".join(response)))
        return {sheet.title: list(sheet.values) for sheet in opened.worksheets}

    return answer


@pytest.mark.parametrize("query", ["", "?country=JP&sort=country", "?q=sme&page=2", "?q=xyzzy"])
def test_it_has_the_rows_of_the_csv(book: Asking, rows: Asking, query: str) -> None:
    header, *programmes = book(query)["Records"]
    in_csv = [[text.removeprefix("'") for text in row] for row in rows(f"/programmes.csv{query}")]
    assert list(header) == in_csv[0] == PROGRAMME_COLUMNS
    assert [[value or "" for value in row] for row in programmes] == in_csv[1:]


def test_the_last_sheet_says_what_was_asked_and_how_to_cite_it(book: Asking) -> None:
    sheets = book("?sort=country&country=JP&country=MX&q=sme&page=7&colour=red")
    about = dict(sheets["About"])
    assert list(sheets) == ["Records", "About"]
    assert about["Query"] == "Programmes in Japan or Mexico, with “sme”"
    assert about["Order"] == "Country"
    assert about["Address"] == "http://testserver/programmes/?q=sme&country=JP&country=MX&sort=country"
    assert about["Date"].date() == datetime.now(UTC).date()
    assert about["Revision"] == str(revision.current_revision().number)
    assert about["Records"] == len(sheets["Records"]) - 1
    assert "CC BY 4.0" in about["Licence"]
    assert about["How to cite"].startswith("GVC Policy Catalogue. (")
    assert f"(Version {about['Revision']}) [Data set]" in about["How to cite"]
    assert about["How to cite"].endswith(f", from {about['Address']}")


def test_the_last_sheet_says_how_words_were_read(book: Asking) -> None:
    assert dict(book("?q=clusterz")["About"])["Words"] == "clusterz was read as cluster; cluster, as the term Clusters"
    assert dict(book("?q=the+loans+Iceland")["About"])["Words"] == (
        "the was left out; loans, as the term Loan or credit; no programme is from Iceland"
    )
    assert dict(book()["About"])["Query"] == "Programmes"


def test_the_sum_is_that_of_the_rows(book: Asking) -> None:
    sheets = book("?region=europe")
    header, *programmes = sheets["Records"]
    lines = [canonical(dict(zip(header, row, strict=True))) for row in programmes]
    assert dict(sheets["About"])["SHA-256 of the records"] == sha256(b"".join(lines)).hexdigest()


def test_a_value_that_does_not_exist_is_a_problem_document(client: Client) -> None:
    response = client.get("/programmes.xlsx?country=XX")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert "“XX”" in response.json()["detail"]


def test_more_than_a_sheet_holds_is_refused_in_words_that_lead_to_the_csv(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "SHEET_ROWS", 5)
    response = client.get("/programmes.xlsx?country=JP&sort=country")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert "take the CSV" in response.json()["detail"]
    assert response.json()["csv"] == "http://testserver/programmes.csv?country=JP&sort=country"


def test_hundreds_of_rows_take_no_query_more(book: Asking, django_assert_num_queries: Asking) -> None:
    make_many_programmes(300)
    book("?q=xyzzy")  # Whoever comes first after a change brings the index up to date.
    with django_assert_num_queries(1):
        assert len(book()["Records"]) == 368
