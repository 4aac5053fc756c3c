"""Without JavaScript everything is done by links and forms."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit


@pytest.fixture
def plain(visit: Visit) -> Page:
    return visit("/", javascript=False)


def test_from_the_first_page_to_a_quotation(plain: Page) -> None:
    plain.locator("main").get_by_label("Search the catalogue").fill("trade fairs")
    plain.locator("main").get_by_role("button", name="Search").click()
    expect(plain.locator("h1")).to_have_text(re.compile(r"^\d+ programmes have trade fairs$"))
    plain.get_by_role("link", name="Support for trade fairs", exact=False).first.click()
    expect(plain.locator("blockquote").first).to_contain_text("trade fairs")


def test_filters_apply_by_the_button(plain: Page) -> None:
    plain.goto("/programmes/")
    plain.get_by_role("checkbox", name="Japan", exact=True).check()
    plain.get_by_role("checkbox", name="Mexico", exact=True).check()
    plain.get_by_label("Words", exact=True).fill("sme")
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain.locator("h1")).to_contain_text("in Japan or Mexico, with “sme”")
    expect(plain.get_by_role("checkbox", name="Japan", exact=True)).to_be_checked()


def test_order_pages_and_chips(plain: Page) -> None:
    plain.goto("/programmes/?provider=government")
    plain.get_by_label("Sort by").select_option("country")
    plain.get_by_role("button", name="Sort").click()
    expect(plain.locator(".result .code").first).to_have_text("AU")
    plain.get_by_role("link", name="Next").click()
    expect(plain.locator(".pages [aria-current]")).to_have_text("Page 2")
    plain.get_by_role("link", name="Remove Provider: Government").click()
    expect(plain.locator("h1")).to_contain_text("67 programmes")


def test_through_a_list_from_programme_to_programme(plain: Page) -> None:
    plain.goto("/programmes/?country=JP")
    plain.locator(".result h2 a").first.click()
    first = plain.locator("h1").inner_text()
    plain.get_by_role("link", name="Next in the list").click()
    plain.get_by_role("link", name="Previous in the list").click()
    expect(plain.locator("h1")).to_have_text(first)
    plain.get_by_role("link", name="Back to the list").click()
    expect(plain.locator("h1")).to_contain_text("9 programmes in Japan")


def test_recommendations_are_filtered_by_the_button(plain: Page) -> None:
    plain.goto("/recommendations/")
    plain.get_by_label("Category").select_option("2")
    plain.get_by_label("With an example from").select_option("CZ")
    plain.get_by_role("button", name="Show").click()
    expect(plain.locator("h1")).to_contain_text("1 recommendation")


def test_on_a_phone_the_filters_open(visit: Visit) -> None:
    page = visit("/programmes/", width=320, javascript=False)
    page.locator(".filters summary").click()
    page.get_by_role("checkbox", name="Japan", exact=True).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("h1")).to_contain_text("9 programmes in Japan")


def test_folded_remarks_open(plain: Page) -> None:
    plain.goto("/recommendations/2.2/")
    plain.locator("summary", has_text="by inference").click()
    expect(plain.get_by_text("The page leaves open where the row on consortia begins and ends.")).to_be_visible()
