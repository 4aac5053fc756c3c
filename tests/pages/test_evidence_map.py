"""/evidence-map/: who does what, and where nobody does."""

import csv
import io
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from programmes.models import Country, Programme
from programmes.presentation.evidence_counts import evidence
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.list_query import ListQuery
from programmes.search.search import total as total_in
from recommendations.models import Recommendation
from tests import reference
from tests.factories import make_example, make_organisation, make_programme

from .conftest import Page

pytestmark = pytest.mark.usefixtures("catalogue")

ASKED: list[dict[str, Any]] = [
    {},
    {"q": "sme"},
    {"country": ("JP", "MX")},
    {"region": ("asia",), "provider": ("government",)},
    {"category": ("2",), "recommendation": ("2.1", "2.3")},
    {"q": "turkish patents for smes", "provider": ("company", "government")},
    {"country": ("KE",), "recommendation": ("iii.1",)},
]


def total(client: Client, url: str) -> int:
    return int(client.get("/programmes.json?" + urlsplit(url).query).json()["count"])


@pytest.mark.parametrize(
    "query", ["", "?q=sme", "?country=JP&country=MX&provider=government", "?region=asia&columns=region"]
)
def test_every_number_is_of_the_programmes_that_it_leads_to(query: str, page: Page, client: Client) -> None:
    whole = page(f"/evidence-map/{query}")
    links = whole.one(".map").all("td a")
    assert len(links) > 20
    for link in links:
        assert total(client, link["href"]) == int(link.text), link["href"]
    assert total(client, whole.one("tfoot .map-all a")["href"]) == int(whole.one("[data-total]")["data-total"])


@pytest.mark.parametrize("asked", ASKED)
def test_each_number_is_the_total_of_the_list_under_the_same_choices(asked: dict[str, Any]) -> None:
    selection, edition = ListQuery(**asked), CatalogueSnapshot.now()
    found = evidence(selection, edition)
    assert found.total == total_in(selection, edition)
    for number, counts in found.cells.items():
        for code, count in counts.items():
            both = replace(selection, recommendation=(number,), country=(code,))
            # Choices of the same facet mean any of them: in a cell outside of them more are counted than listed.
            asked = {"recommendation": selection.recommendation or (number,), "country": selection.country or (code,)}
            if number in asked["recommendation"] and code in asked["country"]:
                assert count == total_in(both, edition), both


def test_without_a_choice_it_is_what_counting_by_hand_gives() -> None:
    found = evidence(ListQuery(), CatalogueSnapshot.now())
    records = reference.records()
    assert found.total == len(records)
    for number in Recommendation.objects.values_list("number", flat=True):
        serving = [record for record in records if number in record.keys["recommendation"]]
        assert found.recommendations.get(number, 0) == len(serving)
        for code in Country.objects.values_list("code", flat=True):
            assert found.count(number, code) == sum(code in record.keys["country"] for record in serving)


def test_the_gaps_are_named_in_words(page: Page) -> None:
    whole = page("/evidence-map/")
    text = whole.one("main").text
    assert "Seven recommendations have no example recorded: 2.6 Transparent selection criteria" in text
    assert [gap.text for gap in whole.all(".map-gap .gap")] == ["gap"] * 7
    served = page("/evidence-map/?recommendation=2.1").one("main").text
    assert "Each recommendation shown has an example." in served
    assert (
        "None of the recommendations chosen is of part ii" in page("/evidence-map/?recommendation=i").one("main").text
    )


def test_a_company_of_india_is_in_india_and_among_the_companies_and_once_in_all(client: Client) -> None:
    before = evidence(ListQuery(), CatalogueSnapshot.now())
    firm = make_organisation("Firm", kind="company")
    make_example("2.6", make_programme("firm", provider=firm, countries=[Country.objects.get(code="IN")]))
    after = evidence(ListQuery(), CatalogueSnapshot.now())
    assert (after.count("2.6", "IN"), after.organisations["2.6"], after.recommendations["2.6"]) == (1, 1, 1)
    assert "2.6" not in before.recommendations
    assert after.total == before.total + 1 == Programme.objects.count()


def names(whole: Any) -> list[str]:
    return [head.text for head in whole.all(".map thead th a")]


def test_columns_stand_by_number_name_or_region(page: Page) -> None:
    assert names(page("/evidence-map/"))[:2] == ["Japan", "Mexico"]
    by_name = names(page("/evidence-map/?columns=name"))
    assert by_name == sorted(by_name, key=lambda name: name.replace("ü", "u"))
    heads = page("/evidence-map/?columns=region").all(".map thead th")
    regions = [head for head in heads if head["scope"] == "colgroup"]
    assert [region.text for region in regions] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    assert sum(int(region["colspan"]) for region in regions) == 21


@pytest.mark.parametrize("query", ["columns=age", "country=XX", "sort=age", "q=" + "x" * 2001])
def test_a_value_that_does_not_exist_gets_a_sentence(query: str, client: Client) -> None:
    answer = client.get(f"/evidence-map/?{query}")
    assert answer.status_code == 200
    assert answer.context["sentences"]
    assert b'class="map"' not in answer.content
    assert client.get(f"/evidence-map.csv?{query}").status_code == 422


def test_the_table_has_the_numbers_of_the_page(page: Page, client: Client) -> None:
    for query in "", "?q=sme&columns=region":
        body = b"".join(client.get(f"/evidence-map.csv{query}").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        lines = list(csv.reader(io.StringIO(body)))
        assert lines[0][:3] == ["category", "recommendation", "title"]
        whole = page(f"/evidence-map/{query}")
        rows = [row.all("td") for row in whole.all(".map tbody tr")]
        shown = [[cell.text.replace("gap", "") or "0" for cell in row] for row in rows if row]
        assert [line[3:] for line in lines[1:]] == shown


def test_the_filters_that_are_on_stand_in_words_and_as_chips(page: Page) -> None:
    whole = page("/evidence-map/?country=JP&q=sme")
    assert "in Japan, with “sme”" in whole.one(".lead").text
    assert parse_qs(urlsplit(whole.all(".chips a")[0]["href"]).query) == {"country": ["JP"]}


def test_from_a_cell_to_the_printed_words_it_is_two_clicks(page: Page) -> None:
    cells = page("/evidence-map/").all(".map tbody td a")
    for cell in cells[::7]:
        for card in page(cell["href"]).all(".result"):
            (place, *_) = [link for link in card.links() if link.startswith("/statement/#e-")]
            printed = page("/statement/").anchor(place.partition("#")[2])
            assert any(quotation.text.strip("“”") in printed.text for quotation in card.all(".quotation"))
