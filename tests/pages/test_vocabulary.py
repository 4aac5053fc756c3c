"""/vocabulary/ and the page of a term."""

import pytest

from programmes.models import Classification, Programme, RecommendationTopic, Term
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from tests.factories import make_many_programmes

from .conftest import Page


def test_the_list_has_each_term_by_scheme_with_its_number_of_programmes(page: Page) -> None:
    whole = page("/vocabulary/")
    assert [heading.text for heading in whole.all("h2")] == ["Policy instruments", "Topics", "Beneficiaries"]
    counts = find(ListQuery()).counts
    for term in Term.objects.all():
        row = next(row for row in whole.all("tbody tr") if term.get_absolute_url() in row.links())
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
    (link,) = {link for link in whole.one("main").links() if link.startswith("/programmes/?")} - {
        f"/programmes/?{term.scheme}={narrower.key}" for narrower in term.narrower.all()
    }
    assert link == f"/programmes/?{term.scheme}={key}"


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
    assert whole.one(".gap").text == "No programme recorded"
    assert not whole.all(".cards")


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
