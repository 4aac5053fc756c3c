"""/: search first, the categories with their counts, the way into everything else."""

from programmes.models import Country, Programme
from recommendations.models import Category, Recommendation
from tests.factories import make_example, make_programme

from .conftest import Page


def test_search_comes_first_and_asks_everything(page: Page) -> None:
    form = page("/").one("main form")
    assert form["action"] == "/search/"
    assert form.one("input")["name"] == "q"


def test_what_it_says_to_try_finds_something(page: Page) -> None:
    tries = page("/").one(".try").links()
    assert len(tries) == 3
    for address in tries:
        assert page(address).all(".result"), address


def test_each_category_has_its_counts(page: Page) -> None:
    cards = page("/").all(".category-card")
    assert [card.one(".name").text for card in cards] == [category.title for category in Category.objects.all()]
    assert [card.one(".meta").text for card in cards] == [
        "1 recommendation",
        "4 recommendations 15 programmes Raising awareness",
        "7 recommendations 18 programmes Collective action",
        "5 recommendations 16 programmes Capacity for innovation",
        "8 recommendations 13 programmes Intellectual property",
        "4 recommendations 7 programmes Quality standards",
        "5 recommendations",
    ]


def test_it_leads_to_every_gap_and_every_country(page: Page) -> None:
    links = page("/").one("main").links()
    gaps = Recommendation.objects.of_part_ii().filter(examples=None)
    assert len(gaps) == 7
    assert {gap.get_absolute_url() for gap in gaps} < set(links)
    assert {country.get_absolute_url() for country in Country.objects.all()} < set(links)
    assert "7 of the 28 recommendations of part ii have no example recorded." in page("/").text


def test_a_programme_more_is_one_more_everywhere(page: Page) -> None:
    programme = make_programme("new", countries=[Country.objects.get(code="JP")])
    make_example("2.6", programme)
    text = page("/").text
    assert f"{Programme.objects.count()} programmes" in text
    assert "Japan 10" in text
    assert "7 recommendations 19 programmes" in text
    assert "6 of the 28 recommendations of part ii have no example recorded." in text


def test_navigation_shows_only_what_exists(page: Page) -> None:
    whole = page("/")
    for address in whole.one("header").links() | whole.one("footer").links():
        assert page(address)
