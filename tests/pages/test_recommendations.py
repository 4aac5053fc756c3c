"""/recommendations/ and the page of each recommendation."""

import pytest

from programmes.models import Example
from recommendations.models import Recommendation

from .conftest import Page
from .reading import Element

pytestmark = pytest.mark.both

NUMBERS = ["i", "1.1", "1.3", "2.1", "2.3", "2.6", "3.1", "3.2", "4.6", "5.4", "iii.1", "iii.5"]


def numbers(element: Element) -> list[str]:
    return [number.text for number in element.all(".number")]


def test_the_list_has_all_in_the_order_of_the_statement(page: Page) -> None:
    whole = page("/recommendations/")
    recommendations = Recommendation.objects.all()
    assert numbers(whole) == [r.number for r in recommendations]
    assert [row.one("blockquote").text for row in whole.all(".entry")] == [f"“{r.text}”" for r in recommendations]


def test_a_category_alone(page: Page) -> None:
    whole = page("/recommendations/?category=2")
    assert numbers(whole) == [f"2.{place}" for place in range(1, 8)]
    assert whole.one("h1").text == "7 recommendations on 2 Collective action"
    assert whole.one("select[name=category] option[selected]")["value"] == "2"


def test_those_with_an_example_from_a_country(page: Page) -> None:
    whole = page("/recommendations/?country=CZ&category=2")
    assert numbers(whole) == ["2.1"]
    assert whole.one("h1").text == "1 recommendation on 2 Collective action, with an example from Czechia"
    assert whole.one("title").text.startswith("1 recommendation on 2 Collective action, with an example from Czechia")


def test_no_recommendation_matches_both(page: Page) -> None:
    whole = page("/recommendations/?country=KE&category=4")
    assert "No recommendation of this category has an example from there: an evidence gap." in whole.text
    assert whole.one("[data-total]")["data-total"] == "0"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("category=9", "There is no category “9” in the catalogue."),
        ("country=XX", "There is no country or economy with an example “XX” in the catalogue."),
        ("country=%3Cb%3E", "There is no country or economy with an example “<b>” in the catalogue."),
    ],
)
def test_a_value_that_does_not_exist_is_named_and_nothing_shown(query: str, sentence: str, page: Page) -> None:
    whole = page(f"/recommendations/?{query}")
    assert sentence in whole.text
    assert not whole.all(".entry")
    assert "/recommendations/?category=2" in whole.links()


@pytest.mark.parametrize("number", NUMBERS)
def test_its_words_and_its_place(number: str, page: Page) -> None:
    recommendation = Recommendation.objects.get(number=number)
    whole = page(f"/recommendations/{number}/")
    assert whole.one("h1").text == recommendation.title
    assert whole.one(".wording").text == f"“{recommendation.text}”"
    assert f"/statement/#r-{number}" in whole.one("aside").links()
    assert f"“{recommendation.category.title}”" in whole.one("aside").text


def test_its_place_in_words(page: Page) -> None:
    assert "Part ii, category 2, 3rd of 7" in page("/recommendations/2.3/").text
    assert "Part iii, 5th of 5" in page("/recommendations/iii.5/").text


@pytest.mark.parametrize("recommendation", ["1.3", "2.1", "2.3", "2.5", "2.7", "3.1", "3.3", "4.1", "4.6", "4.7"])
def test_two_wordings_are_shown_with_their_differences(recommendation: str, page: Page) -> None:
    both = Recommendation.objects.get(number=recommendation)
    difference = page(f"/recommendations/{recommendation}/").one("details p.quoted")
    body, annex = without(difference, "ins"), without(difference, "del")
    assert body == f"“{both.text}”"
    assert annex == f"“{both.annex_text}”"
    assert difference.all("ins") or difference.all("del")


def without(element: Element, tag: str) -> str:
    """The words of an element less those in another, ins or del."""
    words = []
    for child in element.children:
        if not isinstance(child, Element):
            words.append(str(child))
        elif child.name != tag:
            words.append(child.text)
    return " ".join("".join(words).split()).replace(" ”", "”").replace("“ ", "“")


def test_the_same_wording_is_said_to_be_the_same(page: Page) -> None:
    assert "The annex words this row the same." in page("/recommendations/2.2/").text
    assert "The annex words" not in page("/recommendations/2.6/").text


def test_its_examples_stand_by_economy(page: Page) -> None:
    whole = page("/recommendations/1.1/")
    economies = whole.all(".economy")
    assert [economy.one("h3").text for economy in economies] == [
        "CA Canada",
        "CZ Czechia",
        "JP Japan",
        "MX Mexico",
        "NZ New Zealand",
        "SK Slovakia",
        "TR Türkiye",
        "Companies and organisations of no country",
    ]
    examples = Example.objects.filter(recommendation__number="1.1")
    assert {quotation.text for economy in economies for quotation in economy.all("blockquote")} == {
        f"“{example.text}”" for example in examples
    }
    assert "9 examples from 7 countries and economies" in whole.text


@pytest.mark.parametrize("number", NUMBERS)
def test_previous_and_next_follow_the_statement(number: str, page: Page) -> None:
    order = [r.number for r in Recommendation.objects.all()]
    place = order.index(number)
    expected = order[max(0, place - 1) : place] + order[place + 1 : place + 2]
    assert numbers(page(f"/recommendations/{number}/").one("nav.beside")) == expected


def test_its_siblings(page: Page) -> None:
    links = page("/recommendations/2.1/").one("aside").links()
    assert {f"/recommendations/2.{place}/" for place in range(2, 8)} < set(links)


@pytest.mark.parametrize("number", ["2.6", "3.2", "3.5", "4.3", "4.5", "5.2", "5.4"])
def test_a_gap_says_so_and_what_stands_nearest(number: str, page: Page) -> None:
    whole = page(f"/recommendations/{number}/")
    assert "No example recorded" in whole.text
    assert "This is an evidence gap" in whole.text
    near = whole.one("main").text.split("What stands nearest:")[1]
    assert "programme" in near
    assert not whole.all(".economy")


def test_the_nearest_are_of_the_same_category_and_have_programmes(page: Page) -> None:
    nearest = [item for item in page("/recommendations/3.5/").all(".page-text li") if item.all(".number-of")]
    assert [numbers(item) for item in nearest] == [["3.4"], ["3.3"]]


@pytest.mark.parametrize("number", ["i", "iii.1", "iii.5"])
def test_what_the_annex_does_not_cover_is_no_gap(number: str, page: Page) -> None:
    whole = page(f"/recommendations/{number}/").one("main").text
    assert "it does not cover this part" in whole
    assert "gap" not in whole
    assert "No example recorded" not in whole


def test_a_number_that_does_not_exist(page: Page) -> None:
    assert "There is no recommendation “9.9” in the statement" in page("/recommendations/9.9/", 404).text
