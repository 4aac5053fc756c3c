"""The search page in a browser: what is found, what is not, and what is near, by pointer, by keyboard, on a phone."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit

QUERIES = ["venture+capital+loans+Iceland", "patents+japan", "clusters+japan", "certifcation", "xyzzy", ""]


def test_a_reader_who_asks_for_what_is_not_there_is_led_to_what_is_near(visit: Visit) -> None:
    page = visit("/")
    page.fill("#search-large", "venture capital loans Iceland")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=venture+capital+loans+Iceland")
    expect(page.locator("h1")).to_have_text("No programme has all of venture capital, loans and Iceland")
    page.locator(".asked").get_by_role("link", name="Europe").click()
    page.wait_for_url("**/programmes/?region=europe")
    expect(page.locator("h1")).to_contain_text("in Europe")


def test_words_that_never_meet_lead_to_the_list_of_the_broader_term(visit: Visit) -> None:
    page = visit("/search/?q=patents+japan")
    number = page.locator(".widened .number-of").first.inner_text()
    page.locator(".widened a").first.click()
    page.wait_for_url("**/programmes/?country=JP&topic=intellectual-property")
    expect(page.locator("h1 .number-of")).to_have_text(number)


def test_a_facet_of_the_results_leads_to_the_list_with_the_same_words(visit: Visit) -> None:
    page = visit("/search/?q=clusters")
    page.get_by_label("Mexico", exact=True).check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/programmes/?q=clusters&country=MX**")


def test_further_partial_matches_unfold_by_key(visit: Visit) -> None:
    page = visit("/search/?q=clusters+japan")
    last = page.locator(".more .partial-match").last
    expect(last).to_be_hidden()
    page.locator(".more > summary").focus()
    page.keyboard.press("Enter")
    expect(last).to_be_visible()
    expect(page.locator(".partial-match:visible")).to_have_count(19)


def test_what_was_typed_can_be_searched_for_exactly(visit: Visit) -> None:
    page = visit("/search/?q=certifcation")
    page.get_by_role("link", name="Search for exactly what was typed").click()
    expect(page.locator("h1")).to_have_text("No programme has “certifcation”")


def test_slash_leads_to_the_box_of_the_page(visit: Visit) -> None:
    page = visit("/search/?q=clusters")
    page.keyboard.press("/")
    expect(page.locator("#search-large")).to_be_focused()


def test_the_search_works_without_javascript(visit: Visit) -> None:
    page = visit("/search/", javascript=False)
    page.fill("#search-large", "clusters japan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=clusters+japan")
    page.locator(".more > summary").click()
    expect(page.locator(".partial-match:visible")).to_have_count(19)


def test_the_list_shows_partial_matches_below_its_own_and_its_filters_keep_them(visit: Visit) -> None:
    page = visit("/programmes/?q=clusters+japan")
    expect(page.locator(".thick-line")).to_have_text("19 more have one of the words")
    page.get_by_label("Japan", exact=True).check()
    page.wait_for_url("**country=JP**")
    expect(page.locator(".thick-line")).to_have_text("8 more have Japan, not clusters")


@pytest.mark.parametrize("q", QUERIES)
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_page_fits_its_width_and_keeps_nobody_out(
    q: str, width: int, scheme: Literal["light", "dark"], visit: Visit, barriers: Callable[[Page], list[str]]
) -> None:
    page = visit(f"/search/?q={q}", width=width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert barriers(page) == []
