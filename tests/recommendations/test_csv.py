"""/recommendations.csv."""

import pytest
from django.test import Client

from tests.reading_files import read_csv

pytestmark = pytest.mark.django_db

HEADER = "number,category,category_title,title,text,annex_text,programmes,gap,place,place_url,url"


def test_the_file_has_its_header_and_the_34_rows(client: Client) -> None:
    header, *rows = read_csv(client, "/recommendations.csv")
    assert ",".join(header) == HEADER
    results = client.get("/recommendations.json").json()["results"]
    assert len(rows) == 34
    for row, result in zip(rows, results, strict=True):
        gap = {True: "yes", False: "no", None: ""}[result["gap"]]
        shown = result | {"programmes": str(result["programmes"]), "gap": gap}
        whole = {name: f"http://testserver{result[name]}" for name in ("place_url", "url")}
        assert dict(zip(header, row, strict=True)) == shown | whole


def test_the_number_of_programmes_is_what_the_list_of_programmes_gives(client: Client) -> None:
    header, *rows = read_csv(client, "/recommendations.csv")
    for row in (dict(zip(header, row, strict=True)) for row in rows):
        there = client.get("/programmes.json", {"recommendation": row["number"]}).json()["count"]
        assert int(row["programmes"]) == there, row["number"]


def test_it_takes_the_lists_filters(client: Client) -> None:
    rows = read_csv(client, "/recommendations.csv?country=KE&country=FR")
    assert [row[0] for row in rows[1:]] == ["2.5", "3.1"]
