"""The header of every page: the same links, the place where one is, and what is ticked for a brief."""

import pytest

from .conftest import Page
from .reading import Element

TICKED = "?programme=covisint&programme=rosettanet"


def brief(whole: Element) -> tuple[str, str]:
    """The address and words of the link to the brief."""
    (link,) = [link for link in whole.all(".site-nav a") if link["href"].startswith("/brief/")]
    return link["href"], link.text


def test_every_part_of_the_catalogue_is_in_the_header_in_one_order(page: Page) -> None:
    assert [link.text for link in page("/about/").all(".site-nav a")] == [
        "Programmes",
        "Recommendations",
        "Countries",
        "Map",
        "Compare",
        "What became",
        "Vocabulary",
        "Statement",
        "Brief",
    ]


@pytest.mark.parametrize("path", ["/programmes/", "/programmes/covisint/", "/brief/"])
def test_the_brief_says_how_many_programmes_are_ticked_and_leads_to_them(path: str, page: Page) -> None:
    address, words = brief(page(f"{path}{TICKED}"))
    assert words == "Brief 2 ticked"
    assert page(address).one("[data-total]")["data-total"] == "2"
    assert brief(page(path)) == ("/brief/", "Brief")


def test_a_value_that_is_no_address_of_a_programme_is_not_counted_as_ticked(page: Page) -> None:
    assert brief(page("/programmes/?programme=%22%3E%3Cb%3E")) == ("/brief/", "Brief")


def test_the_page_of_search_results_shows_its_own_box_only(page: Page) -> None:
    for path in ("/search/", "/search/?q=sme"):
        assert [form["action"] for form in page(path).all("form[data-suggest]")] == ["/search/"]
        assert not page(path).all(".search-link")
    assert (
        page("/about/").one(".search-link")["href"] == page("/about/").one(".site-search form")["action"] == "/search/"
    )


def test_comparing_without_a_country_offers_some_to_begin_with(page: Page) -> None:
    whole = page("/compare/")
    offers = [link for link in whole.one("main").links() if link.startswith("/compare/?country=")]
    assert offers
    assert page(offers[0]).all("table")
