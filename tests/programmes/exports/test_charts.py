"""/charts/<name>.svg, .png and .csv: charts as files."""

import csv
import hashlib
import io
import re
from base64 import b64encode
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from programmes.models import Programme
from programmes.presentation.charts import CHARTS, NAMES

pytestmark = pytest.mark.usefixtures("catalogue")

SVG = "{http://www.w3.org/2000/svg}"


def get(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return answer


def drawn(client: Client, path: str) -> ElementTree.Element:
    return ElementTree.fromstring(get(client, path).content)  # noqa: S314 (our own)


@pytest.mark.parametrize("name", NAMES)
def test_an_image_says_what_it_shows_without_a_page_around_it(name: str, client: Client) -> None:
    image = drawn(client, f"/charts/{name}.svg?country=JP&q=sme")
    title, description = image.find(f"{SVG}title"), image.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert str(title.text).endswith("in Japan, with “sme”")
    assert re.search(r"GVC Policy Catalogue of \d+ [A-Z][a-z]+ 20\d\d\.", str(description.text))
    texts = [str(text.text) for text in image.iter(f"{SVG}text")]
    assert "with “sme”" in " ".join(texts)
    assert any(text.startswith("GVC Policy Catalogue of ") for text in texts)
    assert not list(image.iter(f"{SVG}a"))


def test_an_image_has_colours_of_its_own_that_the_policy_allows_by_their_hash(client: Client) -> None:
    answer = get(client, "/charts/countries.svg")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    (style,) = drawn(client, "/charts/countries.svg").iter(f"{SVG}style")
    digest = b64encode(hashlib.sha256(str(style.text).encode()).digest()).decode()
    policy = answer["Content-Security-Policy"]
    assert policy == f"default-src 'none'; frame-ancestors 'none'; style-src 'sha256-{digest}'"
    assert "var(" not in str(style.text)
    assert str(style.text).count("@media (prefers-color-scheme: dark)") == 1
    assert " style=" not in answer.content.decode()


@pytest.mark.parametrize("form", ["svg", "png", "csv"])
def test_a_chart_may_be_embedded_anywhere_and_is_sent_again_only_after_a_change(form: str, client: Client) -> None:
    path = f"/charts/instruments.{form}?country=JP"
    answer = get(client, path)
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    Programme.objects.filter(slug="rosettanet").update(name="Another")
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_a_png_is_an_image_of_the_chart_and_another_one_under_filters(client: Client) -> None:
    images = {get(client, f"/charts/categories.png{query}").content for query in ("", "?country=JP", "?country=MX")}
    assert len(images) == 3
    assert all(image.startswith(b"\x89PNG") for image in images)


@pytest.mark.parametrize("name", CHARTS)
def test_the_table_has_each_bar_with_the_address_of_its_list(name: str, client: Client) -> None:
    body = b"".join(get(client, f"/charts/{name}.csv?q=sme").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert rows
    for row in rows:
        address = row["list"].removeprefix("http://testserver/programmes/")
        assert client.get(f"/programmes.json{address}").json()["count"] == int(row["programmes"]), row


def test_a_name_of_markup_stays_a_text(client: Client) -> None:
    image = drawn(client, "/charts/countries.svg?q=%3C/text%3E%3Cimage+href=%22/etc/passwd%22/%3E")
    assert not list(image.iter(f"{SVG}image"))
    get(client, "/charts/countries.png?q=%3C/text%3E%3Cimage+href=%22/etc/passwd%22/%3E")


@pytest.mark.parametrize("path", ["countries.svg?country=XX", "instruments.png?instrument=x", "categories.csv?sort=x"])
def test_an_unknown_value_is_a_problem_document(path: str, client: Client) -> None:
    answer = client.get(f"/charts/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert "There is no" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["regions.svg", "countries.pdf", "countries"])
def test_there_is_no_other_chart(path: str, client: Client) -> None:
    assert client.get(f"/charts/{path}").status_code == 404


def test_the_table_of_the_timeline_has_each_programme_with_its_words_and_page(client: Client) -> None:
    Programme.objects.filter(slug="rosettanet").update(status="ended", certainty="stated", until=2012)
    body = b"".join(get(client, "/charts/timeline.csv").streaming_content).decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(body)) if row["slug"] == "rosettanet"]
    assert row["words"] == "Ended in 2012"
    assert (row["year"], row["certainty"]) == ("2012", "stated")
    assert client.get(row["url"].removeprefix("http://testserver")).status_code == 200
