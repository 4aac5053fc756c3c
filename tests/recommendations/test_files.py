"""/recommendations as .xlsx, .bib and .ris, and one recommendation as a reference."""

from io import BytesIO

import pytest
import rispy
from django.test import Client
from openpyxl import load_workbook
from pybtex.database import parse_string

from recommendations.serializers import RECOMMENDATION_COLUMNS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["", "?category=2", "?country=KE&country=FR", "?country=KE&category=2"])
def test_every_format_has_the_same_recommendations(client: Client, query: str) -> None:
    results = client.get(f"/recommendations.json{query}").json()["results"]
    numbers = [result["number"] for result in results]
    workbook = load_workbook(BytesIO(client.get(f"/recommendations.xlsx{query}").getvalue()))
    header, *rows = workbook["Records"].values
    assert list(header) == RECOMMENDATION_COLUMNS
    assert [row[0] for row in rows] == numbers
    bibtex = parse_string(client.get(f"/recommendations.bib{query}").getvalue().decode(), "bibtex")
    assert list(bibtex.entries) == [f"recommendation:{number}" for number in numbers]
    records = rispy.loads(client.get(f"/recommendations.ris{query}").getvalue().decode())
    assert [record["id"] for record in records] == list(bibtex.entries)


def test_numbers_and_gaps_are_typed(client: Client) -> None:
    workbook = load_workbook(BytesIO(client.get("/recommendations.xlsx?category=2").getvalue()))
    header, first, *_ = workbook["Records"].values
    row = dict(zip(header, first, strict=True))
    assert (row["programmes"], row["gap"]) == (2, False)
    assert row["place_url"] == "http://testserver/statement/#r-2.1"
    about = dict(workbook["About"].values)
    assert about["Query"] == "Recommendations on 2 Collective action"
    assert (about["Records"], about["Order"]) == (7, "As in the statement")


def test_a_recommendation_and_a_list_are_cited(client: Client) -> None:
    (record,) = rispy.loads(client.get("/recommendations/2.1.ris").getvalue().decode())
    assert record["title"] == "Recommendation 2.1 Clusters and industry groupings"
    assert record["urls"] == ["http://testserver/recommendations/2.1/"]
    assert record["notes"][0].endswith("1 June 2007: Part ii, category 2")
    (listed,) = rispy.loads(client.get("/citations/recommendations.ris?category=2").getvalue().decode())
    assert (listed["title"], listed["notes"]) == ("Recommendations on 2 Collective action", ["7 recommendations"])
    assert len(parse_string(client.get("/citations/recommendations.bib").getvalue().decode(), "bibtex").entries) == 1


@pytest.mark.parametrize("form", ["xlsx", "bib", "ris"])
def test_what_does_not_exist_is_a_problem_document(client: Client, form: str) -> None:
    response = client.get(f"/recommendations.{form}?category=9")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    if form != "xlsx":
        assert client.get(f"/recommendations/9.9.{form}")["Content-Type"] == "application/problem+json"
