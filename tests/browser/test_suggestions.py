"""Suggestions while typing, in every search box, by the combobox pattern."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit

OPTION = ".suggestions [role=option]"


def typed(page: Page, words: str, box: str = "#site-search") -> Page:
    page.focus(box)
    page.keyboard.type(words)
    page.wait_for_selector(OPTION)
    return page


def test_an_analyst_goes_to_a_recommendation_by_keyboard_alone(visit: Visit) -> None:
    page = typed(visit("/about/"), "industry gr")
    expect(page.locator("#site-search")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#site-search")).to_have_attribute("aria-activedescendant", "site-search-suggestion-0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recommendations/2.1/")


def test_escape_closes_the_suggestions_and_keeps_the_words(visit: Visit) -> None:
    page = typed(visit("/"), "jap")
    page.keyboard.press("Escape")
    expect(page.locator("#site-search-suggestions")).to_be_hidden()
    assert page.input_value("#site-search") == "jap"


def test_the_down_arrow_opens_closed_suggestions_again(visit: Visit) -> None:
    page = typed(visit("/"), "jap")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#site-search-suggestions")).to_be_visible()
    expect(page.locator("#site-search")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#site-search")).to_have_attribute("aria-activedescendant", "site-search-suggestion-0")
    page.fill("#site-search", "j")
    expect(page.locator("#site-search-suggestions")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#site-search-suggestions")).to_be_hidden()


def test_enter_without_a_choice_searches_for_what_was_typed(visit: Visit) -> None:
    page = typed(visit("/"), "mexico")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=mexico")


def test_a_suggestion_can_be_clicked(visit: Visit) -> None:
    page = typed(visit("/", width=320), "jap")
    page.locator(OPTION, has_text="Country").click()
    page.wait_for_url("**/countries/JP/")


@pytest.mark.parametrize("path", ["/", "/search/"])
def test_the_large_box_suggests_too(path: str, visit: Visit) -> None:
    page = typed(visit(path), "access to fin", "#search-large")
    expect(page.locator("#search-large")).to_have_attribute("aria-expanded", "true")
    page.locator(f"#search-large-suggestions {OPTION.split()[1]}", has_text="Term").click()
    page.wait_for_url("**/vocabulary/access-to-finance/")


def test_the_two_boxes_of_the_first_page_do_not_get_in_each_others_way(visit: Visit) -> None:
    page = typed(visit("/"), "jap", "#search-large")
    expect(page.locator("#site-search-suggestions")).to_be_hidden()
    page.focus("#site-search")
    expect(page.locator("#search-large-suggestions")).to_be_hidden()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_open_suggestions_keep_nobody_out(visit: Visit, barriers: Callable[[Page], list[str]]) -> None:
    for width, scheme in ((320, "light"), (1280, "dark")):
        for box in ("#site-search", "#search-large"):
            page = typed(visit("/", width=width, scheme=scheme), "clus", box)
            page.keyboard.press("ArrowDown")
            assert barriers(page) == []
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_nothing_is_lost_without_javascript(visit: Visit) -> None:
    page = visit("/", javascript=False)
    page.fill("#site-search", "mexico")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=mexico")
