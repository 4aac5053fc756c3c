"""Why a programme was found: on its card stand the word, the term or the place by which it has what was asked for."""

import pytest

from programmes.search.list_query import ListQuery
from programmes.search.result_cards import ResultCard, partial_cards, result_cards
from programmes.search.search import find
from tests.factories import make_example, make_organisation, make_programme

pytestmark = pytest.mark.django_db


def full(q: str) -> dict[str, ResultCard]:
    return {card.slug: card for card in result_cards(find(ListQuery(q=q)))}


def partly(q: str) -> dict[str, ResultCard]:
    return {card.slug: card for card in partial_cards(find(ListQuery(q=q)))}


def words(parts: list[dict[str, str]]) -> list[str]:
    return [part["text"] for part in parts]


def test_a_word_of_the_quotation_needs_no_reason() -> None:
    card = full("clusters japan")["industrial-cluster-projects"]
    assert card.reasons == ""
    assert "<mark>Japan</mark>" in card.quotations[0].text


def test_a_word_answered_by_a_term_says_so_and_the_words_that_justify_it_are_marked() -> None:
    card = full("loans")["investment-promotion-programmes-austria"]
    assert card.reasons == "loans, as the term Loan or credit"
    assert "<mark>low-interest facilities</mark>" in card.quotations[0].text


def test_a_broader_term_is_answered_by_the_programmes_own_term() -> None:
    assert "financial support, as the term Loan or credit" in {
        reason for card in full("financial support").values() for reason in card.reasons.split("; ")
    }


def test_a_word_in_the_name_of_the_provider_says_so() -> None:
    make_programme("burrow-fund", provider=make_organisation("Office of Quokkas"))
    assert full("quokkas")["burrow-fund"].reasons == "quokkas, in the provider’s name"


def test_a_word_in_the_short_title_of_the_recommendation_says_so() -> None:
    make_example("2.1", make_programme("joint-purchases"), text="Firms buy together.")
    assert full("clusters")["joint-purchases"].reasons == "clusters, in the title of recommendation 2.1"


def test_a_synonym_is_named() -> None:
    make_example("1.1", make_programme("help-for-firms"), text="It helps small and medium-sized enterprises.")
    assert full("SME")["help-for-firms"].reasons == "SME, as “small and medium-sized enterprise”"


def test_a_partial_match_says_what_it_has_and_lacks() -> None:
    cards = partly("venture capital loans Iceland")
    assert words(cards["advanced-financing-programme"].has) == ["loans"]
    assert words(cards["advanced-financing-programme"].lacks) == ["venture capital", "Iceland"]
    assert words(cards["investment-promotion-programmes-austria"].has) == ["loans, as the term Loan or credit"]


def test_a_word_in_the_long_wording_alone_makes_a_partial_match_that_lacks_nothing() -> None:
    card = partly("trade fairs")["trade-commissioner-service"]
    assert words(card.has) == ["trade fairs, in recommendation 1.1"]
    assert card.lacks == []


def test_a_word_of_a_shared_quotation_that_is_about_the_other_programme_is_said() -> None:
    cards = partly("loans Iceland")
    sentence = "The word stands in the part of the quotation that is about Advanced financing programme."
    assert cards["global-fund-for-smes"].note == sentence
    assert cards["advanced-financing-programme"].note == ""


def test_of_a_pasted_text_a_card_names_the_first_words_and_says_how_many_more() -> None:
    [card, *_] = partly("loans quokka wombat numbat bandicoot potoroo bilby dibbler kultarr").values()
    assert words(card.lacks) == ["quokka", "wombat", "numbat", "bandicoot", "potoroo", "bilby", "2 more words"]
