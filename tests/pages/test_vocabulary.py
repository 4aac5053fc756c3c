"""/vocabulary/ and the page of a term."""

import pytest

from programmes.models import Classification, Programme, RecommendationTopic, Term
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from tests.factories import make_many_programmes

from .conftest import Page


def test_the_list_has_each_term_by_scheme_with_its_number_of_programmes(page: Page) -> None:
    whole = page("/vocabulary/")
    schemes = ["Policy instruments", "Topics", "Beneficiaries"]
    assert [heading.text for heading in whole.all("h2[id]")][:3] == schemes
    counts = find(ListQuery()).counts
    for term in Term.objects.all():
        row = next(row for row in whole.all(".terms tbody tr") if term.get_absolute_url() in row.links())
        number = counts[term.scheme].get(term.key)
        assert term.definition in row.text
        assert (f"{number} programme" if number else "No programme recorded") in row.text


@pytest.mark.parametrize("key", ["financial-support", "standards", "smes"])
def test_a_term_has_its_programmes_with_the_words_that_justify_each(key: str, page: Page) -> None:
    whole = page(f"/vocabulary/{key}/")
    programmes = {card.one("h3 a")["href"]: card.text for card in whole.all(".cards > li")}
    for row in Classification.objects.filter(term__key=key):
        if row.programme.get_absolute_url() in programmes:
            assert f"“{row.words}”" in programmes[row.programme.get_absolute_url()]
    term = Term.objects.get(key=key)
    number = whole.one("[data-total] a")
    assert number["href"] == f"/programmes/?{term.scheme}={key}"
    assert int(number.one(".number-of").text) == int(page(number["href"]).one("[data-total]")["data-total"])


def test_a_term_has_each_country_with_its_programmes_most_first(page: Page) -> None:
    items = page("/vocabulary/clusters/").all(".columns li")
    codes = [item.one(".code").text for item in items]
    assert codes == ["CA", "CZ", "GR", "JP"]
    assert [item.all("a")[1]["href"] for item in items] == [
        f"/programmes/?country={code}&topic=clusters" for code in codes
    ]
    items = page("/vocabulary/smes/").all(".columns li")
    numbers = [int(item.one(".number-of").text) for item in items[:-1]]
    assert numbers == sorted(numbers, reverse=True)
    assert items[-1].text.startswith("Without a country")
    assert list(items[-1].links()) == ["/programmes/?country=none&beneficiary=smes"]


def test_a_term_has_the_recommendations_of_part_ii_that_its_programmes_serve(page: Page) -> None:
    whole = page("/vocabulary/clusters/")
    cells = whole.all(".strip a")
    assert len(cells) == 28
    assert {cell["href"] for cell in cells if "served-cell" in cell["class"]} == {
        f"/programmes/?topic=clusters&recommendation={number}" for number in ("2.1", "2.3", "2.4")
    }
    gap = next(cell for cell in cells if cell.text.startswith("1.1"))
    assert gap["href"] == "/recommendations/1.1/"
    assert "no example recorded" in gap["title"]


def test_words_of_medium_confidence_are_said_to_be_less_certain(page: Page) -> None:
    card = next(card for card in page("/vocabulary/grant/").all(".cards > li") if "Support for product" in card.text)
    assert "“provides support for expenses” (less certain)" in card.text
    assert page("/vocabulary/clusters/").text.count("less certain") == 0


def test_a_broader_term_names_the_narrower_one_that_a_programme_has(page: Page) -> None:
    whole = page("/vocabulary/financial-support/")
    (card,) = [card for card in whole.all(".cards > li") if "/programmes/advanced-financing-programme/" in card.links()]
    assert "Loan or credit: “provides unsecured loans to SMEs”" in card.text
    assert "/vocabulary/grant/" in whole.one("aside").links()
    assert "/vocabulary/financial-support/" in page("/vocabulary/grant/").one("aside").links()


def test_a_topic_has_its_recommendations_with_their_words(page: Page) -> None:
    whole = page("/vocabulary/clusters/")
    for topic in RecommendationTopic.objects.filter(term__key="clusters"):
        entry = next(e for e in whole.all(".entry") if e.one(".number").text == topic.recommendation.number)
        assert f"“{topic.words}”" in entry.text


def test_a_term_without_a_programme_is_said_to_be_a_gap(page: Page) -> None:
    whole = page("/vocabulary/venture-capital/")
    assert whole.one("[data-total] .gap").text == "No programme recorded"
    assert "It does not mean that there is none." in whole.text
    assert not whole.all(".cards, .strip, .columns")
    (nearest,) = whole.all("h2 + .plain-list a")[:1]
    assert (nearest.text, nearest["href"]) == ("Access to finance", "/programmes/?topic=access-to-finance")


def test_the_list_names_every_term_without_a_programme_as_a_gap(page: Page) -> None:
    whole = page("/vocabulary/")
    counts = find(ListQuery()).counts
    gaps = [term for term in Term.objects.all() if not counts[term.scheme].get(term.key)]
    assert {"equity", "tax-incentive", "women-entrepreneurs", "venture-capital"} < {term.key for term in gaps}
    assert whole.one("#gaps").text == f"Gaps: {len(gaps)} terms without a programme"
    assert set(whole.one("#gaps + p + ul").links()) == {term.get_absolute_url() for term in gaps}


def test_a_term_leads_to_the_concepts_that_it_was_aligned_with(page: Page) -> None:
    section = next(each for each in page("/vocabulary/clusters/").all("aside section") if "In other" in each.text)
    (link,) = section.links()
    assert link == "http://eurovoc.europa.eu/c_de4d6f2f"
    assert "STIP Compass TH47 Cluster policies" in section.text
    assert "innovation EuroVoc, the same label" in page("/vocabulary/innovation/").one("aside").text
    assert "own (narrower than EuroVoc 1491" in page("/vocabulary/outward-investment/").one("aside").text


@pytest.mark.parametrize("path", ["/vocabulary/", "/vocabulary/grant/"])
def test_the_vocabulary_is_offered_as_files(path: str, page: Page) -> None:
    whole = page(path)
    files = {"/vocabulary.ttl", "/vocabulary.jsonld", "/vocabulary.csv"}
    assert files < set(whole.one("main").links())
    assert {link["href"]: link["type"] for link in whole.all("link[rel=alternate]")} == {
        "/vocabulary.ttl": "text/turtle",
        "/vocabulary.jsonld": "application/ld+json",
    }


def test_of_many_programmes_a_term_shows_the_first_and_leads_to_all(page: Page) -> None:
    make_many_programmes(30)
    term = Term.objects.get(key="venture-capital")
    Classification.objects.bulk_create(
        Classification(programme=programme, term=term)
        for programme in Programme.objects.filter(slug__startswith="many-")
    )
    whole = page("/vocabulary/venture-capital/")
    assert len(whole.all(".cards > li")) == 20
    assert "chosen by a curator" in whole.text
    assert "These are the first 20 by name of 30 programmes" in whole.text


def test_a_term_that_there_is_not_is_not_found(page: Page) -> None:
    assert "There is no term “alchemy” in the vocabulary." in page("/vocabulary/alchemy/", 404).text


def test_the_vocabulary_is_found_from_every_page(page: Page) -> None:
    assert "/vocabulary/" in page("/").one("footer").links()
    assert "/vocabulary/grant/" in page("/vocabulary/").links()
