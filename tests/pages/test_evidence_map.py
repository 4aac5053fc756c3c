"""/evidence-map/: programmes by two axes, and what has no example recorded."""

import csv
import io
import re
from html import unescape
from itertools import product
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django.test import Client
from openpyxl import load_workbook

from programmes.models import Country
from programmes.presentation.evidence_counts import evidence
from programmes.presentation.map_axes import COLUMNS, ROWS, TOGETHER
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.facet_definitions import FACETS
from recommendations.models import Recommendation
from tests import reference
from tests.reading_files import read_whole

from .conftest import Page
from .reading import Element

pytestmark = pytest.mark.usefixtures("catalogue")

PAIRS = [(rows, by) for rows, by in product(ROWS, COLUMNS) if rows != by or rows in TOGETHER]
# Filters of each facet alone, of the facets of both axes, and of values that are left out.
FILTERS = [
    "country=JP&country=MX",
    "country=none",
    "country=-JP&country=-none",
    "region=asia&provider=government",
    "category=2&category=1&recommendation=2.1&recommendation=2.3&recommendation=1.1",
    "instrument=financial-support&topic=innovation",
    "instrument=-grant&instrument=-training",
    "instrument=training&instrument=financial-support&every=instrument",
    "topic=innovation&topic=-technology-transfer&beneficiary=smes",
    "status=not-yet-checked&region=europe&region=-asia",
]
CELL = re.compile(r'<a (?:class="slate-\d" )?href="(/programmes/[^"]*)">(\d+)</a>')


def numbers(client: Client, query: str) -> list[tuple[str, int]]:
    """The query string of each list that a map has a number of, with the number."""
    page = client.get(f"/evidence-map/?{query}").content.decode()
    return [(urlsplit(unescape(url)).query, int(number)) for url, number in CELL.findall(page)]


def listed(records: list[reference.Record], query: str) -> int:
    """How many programmes a list without words has, in plain Python."""
    return sum(all(passes(record, name, parse_qsl(query)) for name in FACETS) for record in records)


def passes(record: reference.Record, facet: str, asked: list[tuple[str, str]]) -> bool:
    keys = record.keys[facet] or {"none"}
    values = [value for name, value in asked if name == facet]
    chosen = {value for value in values if not value.startswith("-")}
    wanted = chosen <= keys if ("every", facet) in asked else not chosen or chosen & keys
    return bool(wanted) and not any(f"-{key}" in values for key in keys)


@pytest.mark.parametrize(("rows", "by"), PAIRS)
def test_every_number_of_any_two_axes_is_that_of_its_list(rows: str, by: str, client: Client) -> None:
    records, place = reference.records(), PAIRS.index((rows, by))
    for filters in "", FILTERS[place % len(FILTERS)]:
        found = numbers(client, f"rows={rows}&by={by}&{filters}")
        assert found
        for query, number in found:
            assert number == listed(records, query), query


@pytest.mark.parametrize("filters", FILTERS)
def test_a_number_is_what_the_list_itself_counts(filters: str, client: Client) -> None:
    axes = ["rows=instrument", "rows=topic&by=region", "rows=instrument&by=instrument", "rows=beneficiary&by=status"]
    for query, number in numbers(client, f"{axes[FILTERS.index(filters) % len(axes)]}&{filters}")[::5]:
        assert client.get(f"/programmes.json?{query}").json()["count"] == number, query


def test_the_words_of_a_search_filter_the_map(page: Page, client: Client) -> None:
    whole = page("/evidence-map/?q=sme&rows=topic")
    total = client.get("/programmes.json?q=sme").json()["count"]
    assert total == int(whole.one("tfoot .map-all a").text) == int(whole.one("[data-total]")["data-total"])
    for link in whole.all(".map tbody td a")[::7]:
        assert parse_qs(urlsplit(link["href"]).query)["q"] == ["sme"]
        assert client.get(f"/programmes.json?{urlsplit(link['href']).query}").json()["count"] == int(link.text)


@pytest.mark.parametrize(("rows", "by"), [("recommendation", "country"), ("instrument", "status"), ("topic", "topic")])
def test_no_pair_of_values_is_left_out(rows: str, by: str, page: Page) -> None:
    records = reference.records()
    whole = page(f"/evidence-map/?rows={rows}&by={by}")
    shown = sum(int(link.text) for link in whole.all("tbody td:not(.map-all) a"))
    rests = sum(int(link.text) for link in whole.all("tbody td:not(.map-all) a") if "=-" in link["href"])
    keys = [(in_map(record.keys[rows]), record.keys[by] or {"none"}) for record in records]
    assert shown - rests == sum(len(in_rows) * len(in_columns) for in_rows, in_columns in keys)


def in_map(keys: set[str]) -> set[str]:
    """The keys that a map shows: of recommendations those of part ii."""
    return {key for key in keys if not re.match(r"i(\.|$)|iii(\.|$)", key)}


def test_the_profile_of_a_country_counts_as_counting_by_hand_does() -> None:
    found, records = evidence(CatalogueSnapshot.now()), reference.records()
    for number in Recommendation.objects.values_list("number", flat=True):
        serving = [record for record in records if number in record.keys["recommendation"]]
        assert found.recommendations.get(number, 0) == len(serving)
        for code in Country.objects.values_list("code", flat=True):
            assert found.count(number, code) == sum(code in record.keys["country"] for record in serving)


def test_the_gaps_are_named_in_words(page: Page) -> None:
    whole = page("/evidence-map/")
    text = whole.one("main").text
    assert "Seven recommendations have no example recorded: 2.6 Transparent selection criteria" in text
    assert [gap.text for gap in whole.all(".map-gap .gap")] == ["0"] * 7
    served = page("/evidence-map/?recommendation=2.1").one("main").text
    assert "Each recommendation shown has an example." in served
    assert (
        "None of the recommendations chosen is of part ii" in page("/evidence-map/?recommendation=i").one("main").text
    )


def test_a_gap_of_another_axis_is_named_too(page: Page) -> None:
    text = page("/evidence-map/?rows=instrument").one("main").text
    assert "Three instruments have no example recorded: " in text
    assert "1 programme without any instrument." in text


def test_a_programme_of_several_values_counts_once_in_all(page: Page) -> None:
    whole = page("/evidence-map/?rows=instrument")
    cells = {row.one("th").text: row for row in whole.all(".map tbody tr")}
    financial = cells["Financial support"]
    assert financial.one(".map-all").text == "13"
    narrower = ["Grant or subsidy", "Loan or credit", "Guarantee or risk sharing", "Financial support: form not said"]
    assert [int(cells[name].one(".map-all").text) for name in narrower] == [7, 2, 1, 4]
    order = list(cells)
    assert order[order.index("Financial support") + 1 :][:3] == narrower[:3]
    assert order.index("Financial support: form not said") < order.index("Training")


def test_a_programme_without_a_country_stands_in_the_last_column(page: Page) -> None:
    for by in "country", "region":
        whole = page(f"/evidence-map/?by={by}")
        assert [head.text for head in whole.all(".map thead th")][-2:] == ["No country", "All"]
        last = whole.all("tfoot td")[-2]
        assert (last.text, last.one("a")["href"]) == ("5", "/programmes/?country=none")


def test_the_columns_of_a_map_are_those_that_the_filters_allow(page: Page) -> None:
    def heads(query: str) -> list[str]:
        return [head.text for head in page(f"/evidence-map/?{query}").all(".map thead th")][1:-1]

    assert heads("country=JP&country=MX") == ["Japan", "Mexico"]
    assert heads("country=KR&country=JP") == ["Japan", "South Korea"]
    assert heads("region=oceania") == ["Australia", "New Zealand"]
    grants = page("/evidence-map/?rows=instrument&instrument=grant").all(".map tbody th")
    assert [head.text for head in grants] == ["Grant or subsidy"]
    support = page("/evidence-map/?rows=instrument&instrument=financial-support").all(".map tbody th")
    assert [head.text for head in support][:2] == ["Financial support", "Grant or subsidy"]


def test_two_axes_are_chosen_in_a_form_and_swapped_by_a_link(page: Page) -> None:
    whole = page("/evidence-map/?rows=instrument&by=country&country=JP&columns=name")
    assert whole.one("h1").text == "Instruments by country programmes in Japan"
    form = whole.one(".map-axes")
    assert [option["value"] for option in form.all("option[selected]")] == ["instrument", "country"]
    assert {field["name"]: field["value"] for field in form.all("[type=hidden]")} == {
        "country": "JP",
        "columns": "name",
    }
    assert form.one("button").text == "Show"
    swapped = page(form.one("a")["href"])
    assert swapped.one("h1").text == "Countries by instrument programmes in Japan"
    both = "/evidence-map/?rows=instrument&by=instrument"
    assert not page(both).one(".map-axes").all("a")


def test_every_link_of_the_map_keeps_its_axes(page: Page) -> None:
    whole = page("/evidence-map/?rows=topic&by=region&q=sme&columns=name")
    assert {field["name"]: field["value"] for field in whole.all(".browse-filters [type=hidden]")} == {
        "rows": "topic",
        "by": "region",
        "columns": "name",
    }
    links = [link for link in whole.links() if link.startswith(("/evidence-map/?", "/evidence-map."))]
    assert len(links) > 30
    for link in links:
        asked = parse_qs(urlsplit(link).query)
        assert {asked["rows"][0], asked["by"][0]} == {"topic", "region"}


def names(whole: Element) -> list[str]:
    return [head.text for head in whole.all(".map thead th a")]


def test_columns_stand_by_number_name_or_region(page: Page) -> None:
    assert names(page("/evidence-map/"))[:2] == ["Japan", "Mexico"]
    by_name = names(page("/evidence-map/?columns=name"))
    assert by_name == sorted(by_name, key=lambda name: name.replace("ü", "u"))
    heads = page("/evidence-map/?columns=region").all(".map thead th")
    regions = [head for head in heads if head["scope"] == "colgroup"]
    assert [region.text for region in regions] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    assert sum(int(region["colspan"]) for region in regions) == 21


@pytest.mark.parametrize(
    "query",
    [
        "columns=age",
        "rows=age",
        "by=recommendations",
        "rows=country",
        "rows=status&by=status",
        "country=XX",
        "sort=age",
        "q=" + "x" * 2001,
    ],
)
def test_a_value_that_does_not_exist_gets_a_sentence(query: str, client: Client) -> None:
    answer = client.get(f"/evidence-map/?{query}")
    assert answer.status_code == 200
    assert answer.context["sentences"]
    assert b'class="map"' not in answer.content
    assert client.get(f"/evidence-map.csv?{query}").status_code == 422


HEADS = {
    "": ["category", "recommendation", "title"],
    "?q=sme&columns=region": ["category", "recommendation", "title"],
    "?rows=category&by=provider": ["category", "label"],
    "?rows=instrument": ["instrument", "label", "broader"],
    "?rows=topic&by=instrument": ["topic", "label", "broader"],
    "?rows=country&by=status": ["country", "label"],
}


@pytest.mark.parametrize("query", HEADS)
def test_both_files_have_the_numbers_of_the_page(query: str, page: Page, client: Client) -> None:
    lines = list(csv.reader(io.StringIO(read_whole(client, f"/evidence-map.csv{query}").decode("utf-8-sig"))))
    first = HEADS[query]
    assert lines[0][: len(first)] == first
    rows = [row.all("td") for row in page(f"/evidence-map/{query}").all(".map tbody tr")]
    shown = [[cell.text or "0" for cell in row] for row in rows if row]
    assert [line[len(first) :] for line in lines[1:]] == shown
    sheet = load_workbook(io.BytesIO(read_whole(client, f"/evidence-map.xlsx{query}"))).worksheets[0]
    assert [
        ["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
    ] == lines


def test_a_file_names_its_columns_by_label_and_key(client: Client) -> None:
    header = read_whole(client, "/evidence-map.csv?by=instrument").decode("utf-8-sig").splitlines()[0].split(",")
    assert "Grant or subsidy (grant)" in header
    assert "Financial support: form not said" in header


def test_the_filters_that_are_on_stand_in_words_and_as_chips(page: Page) -> None:
    whole = page("/evidence-map/?country=JP&q=sme")
    assert "in Japan, with “sme”" in whole.one("h1").text
    assert parse_qs(urlsplit(whole.all(".chips a")[0]["href"]).query) == {"country": ["JP"]}


def test_from_a_cell_to_the_printed_words_it_is_two_clicks(page: Page) -> None:
    cells = page("/evidence-map/").all(".map tbody td a")
    for cell in cells[::7]:
        for card in page(cell["href"]).all(".result"):
            (place, *_) = [link for link in card.links() if link.startswith("/statement/#e-")]
            printed = page("/statement/").anchor(place.partition("#")[2])
            assert any(quotation.text.strip("“”") in printed.text for quotation in card.all(".quotation"))
