"""The list with JavaScript: filters apply without a full load, and address, title, focus and folds stay right."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Visit


@pytest.fixture
def listing(visit: Visit) -> Page:
    """The list, with a mark that a full load would wipe out."""
    page = visit("/programmes/")
    page.evaluate("window.marked = true")
    return page


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.marked === true"))


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("checkbox", name=label, exact=True)


def heading(page: Page, text: str) -> None:
    """Wait until the heading says this."""
    expect(page.locator("h1")).to_have_text(re.compile(f"^{text}"))


def test_a_choice_applies_at_once_without_a_full_load(listing: Page) -> None:
    box(listing, "Japan").check()
    heading(listing, "9 programmes in Japan")
    expect(listing).to_have_url(re.compile(r"/programmes/\?country=JP$"))
    expect(listing).to_have_title("9 programmes in Japan · GVC Policy Catalogue")
    expect(listing.locator(".result")).to_have_count(9)
    assert is_marked(listing)


def test_a_new_heading_is_announced(listing: Page) -> None:
    expect(listing.locator("#announced[role=status]")).to_have_text("")
    box(listing, "Japan").check()
    expect(listing.locator("#announced[role=status]")).to_have_text(re.compile("^9 programmes in Japan"))


def test_the_focus_stays_on_the_choice(listing: Page) -> None:
    box(listing, "Japan").focus()
    listing.keyboard.press("Space")
    heading(listing, "9 programmes")
    expect(box(listing, "Japan")).to_be_focused()
    listing.keyboard.press("Space")
    heading(listing, "67 programmes")
    expect(box(listing, "Japan")).to_be_focused()


def test_choices_add_up_and_empty_values_stay_out_of_the_address(listing: Page) -> None:
    box(listing, "Japan").check()
    heading(listing, "9 programmes")
    box(listing, "Mexico").check()
    heading(listing, "17 programmes")
    box(listing, "1 Raising awareness").check()
    heading(listing, "4 programmes in Japan or Mexico, on 1 Raising awareness")
    assert "q=" not in listing.url
    assert listing.url.count("country=") == 2


def test_the_back_button_brings_each_step_back(listing: Page) -> None:
    box(listing, "Japan").check()
    heading(listing, "9 programmes")
    box(listing, "Mexico").check()
    heading(listing, "17 programmes")
    listing.go_back()
    heading(listing, "9 programmes in Japan$")
    expect(box(listing, "Japan")).to_be_checked()
    expect(box(listing, "Mexico")).not_to_be_checked()
    expect(listing).to_have_title("9 programmes in Japan · GVC Policy Catalogue")
    listing.go_back()
    heading(listing, "67 programmes")
    expect(box(listing, "Japan")).not_to_be_checked()
    listing.go_forward()
    heading(listing, "9 programmes in Japan$")


def test_folds_stay_as_the_reader_left_them(listing: Page) -> None:
    facets = listing.locator("details.facet")
    listing.locator("summary", has_text="Recommendation").click()
    listing.locator("summary", has_text="Region").click()
    before = [fold.get_attribute("open") for fold in facets.all()]
    box(listing, "Japan").check()
    heading(listing, "9 programmes")
    assert [fold.get_attribute("open") for fold in facets.all()] == before
    assert before.count(None) == 4


def test_enter_in_the_words_applies_them(listing: Page) -> None:
    listing.get_by_label("Words", exact=True).fill("cluster")
    listing.keyboard.press("Enter")
    heading(listing, r"\d+ programmes with “cluster”")
    assert is_marked(listing)
    expect(listing.get_by_label("Words", exact=True)).to_be_focused()
    expect(listing.get_by_label("Sort by").locator(":checked")).to_have_text("Relevance")


def test_words_and_choices_go_together(listing: Page) -> None:
    listing.get_by_label("Words", exact=True).fill("sme")
    box(listing, "Japan").check()
    heading(listing, "7 programmes in Japan, with “sme”")


def test_chips_take_one_filter_off(listing: Page) -> None:
    box(listing, "Japan").check()
    heading(listing, "9 programmes")
    box(listing, "Mexico").check()
    heading(listing, "17 programmes")
    listing.get_by_role("link", name="Remove Country or economy: Japan").click()
    heading(listing, "8 programmes in Mexico")
    expect(box(listing, "Japan")).not_to_be_checked()
    listing.get_by_role("link", name="Clear all").click()
    heading(listing, "67 programmes")
    expect(listing).to_have_url(re.compile("/programmes/$"))
    assert is_marked(listing)


def test_after_a_chip_is_gone_the_keyboard_goes_on_from_its_place(listing: Page) -> None:
    box(listing, "Japan").check()
    heading(listing, "9 programmes")
    listing.get_by_role("link", name="Remove Country or economy: Japan").focus()
    listing.keyboard.press("Enter")
    heading(listing, "67 programmes")
    expect(listing.locator("h1")).to_be_focused()


def test_the_number_of_a_choice_asks_for_it_alone(listing: Page) -> None:
    box(listing, "Japan").check()
    heading(listing, "9 programmes")
    listing.get_by_role("link", name="Only Mexico: 8 programmes").click()
    heading(listing, "8 programmes in Mexico")
    assert is_marked(listing)


def test_another_order_applies_at_once(listing: Page) -> None:
    listing.get_by_label("Sort by").focus()
    listing.get_by_label("Sort by").select_option("country")
    expect(listing.locator(".result .code").first).to_have_text("AU")
    expect(listing).to_have_url(re.compile(r"\?sort=country$"))
    expect(listing.get_by_label("Sort by")).to_be_focused()
    assert is_marked(listing)


def test_another_page_begins_at_its_top(listing: Page) -> None:
    listing.get_by_role("link", name="Next").click()
    expect(listing).to_have_url(re.compile("page=2"))
    expect(listing.locator(".pages [aria-current]")).to_have_text("Page 2")
    assert is_marked(listing)
    expect(listing.locator("h1")).to_be_in_viewport()


def test_a_choice_on_a_later_page_begins_with_the_first(visit: Visit) -> None:
    page = visit("/programmes/?page=3")
    box(page, "Government").check()
    heading(page, r"\d+ programmes run by: Government")
    assert "page=" not in page.url


def test_a_result_is_a_page_of_its_own(listing: Page) -> None:
    box(listing, "Japan").check()
    heading(listing, "9 programmes")
    listing.get_by_role("link", name="Global Fund for SMEs").click()
    expect(listing.locator("h1")).to_have_text("Global Fund for SMEs")
    assert not is_marked(listing)
    listing.go_back()
    heading(listing, "9 programmes in Japan")
    expect(box(listing, "Japan")).to_be_checked()


def test_back_to_the_list_leads_to_the_same_place(listing: Page) -> None:
    last = listing.locator(".result").last
    slug = last.get_attribute("id")
    last.locator("h2 a").click()
    listing.get_by_role("link", name="Back to the list").click()
    expect(listing).to_have_url(re.compile(f"#{slug}$"))
    expect(listing.locator(f"#{slug}")).to_be_in_viewport()


def test_a_value_that_does_not_exist_can_be_left_behind(visit: Visit) -> None:
    page = visit("/programmes/?country=XX")
    box(page, "Japan").check()
    page.get_by_role("button", name="Apply filters").click()
    heading(page, "9 programmes in Japan")


def test_on_a_phone_the_filters_stay_open_while_one_chooses(visit: Visit) -> None:
    page = visit("/programmes/", width=320)
    expect(box(page, "Japan")).to_be_hidden()
    page.locator(".filters summary").click()
    box(page, "Japan").check()
    heading(page, "9 programmes")
    expect(box(page, "Japan")).to_be_visible()
    expect(page.locator(".filters-chosen")).to_have_text("Japan")


def test_ticks_wait_for_their_button_and_go_along_with_filters_order_and_pages(listing: Page) -> None:
    box(listing, "For a brief on Advanced financing programme").check()
    listing.locator(".result input").nth(1).check()
    listing.get_by_role("link", name="Next ›").click()
    expect(listing).to_have_url(re.compile(r"\?page=2&programme="))
    expect(listing.locator("#brief")).to_contain_text("2 programmes ticked already")
    listing.locator(".result input").first.check()
    listing.get_by_label("Sort by").select_option("country")
    expect(listing.locator("#brief")).to_contain_text("3 programmes ticked already")
    assert is_marked(listing)
    listing.get_by_role("button", name="Make a brief of the ticked").click()
    expect(listing.locator("h1")).to_have_text("A brief on 3 programmes")


def test_a_tick_can_be_taken_back(visit: Visit) -> None:
    page = visit("/programmes/?country=JP&programme=global-fund-for-smes&programme=covisint")
    box(page, "For a brief on Global Fund for SMEs").uncheck()
    box(page, "Mexico").check()
    heading(page, "17 programmes")
    expect(page).to_have_url(re.compile(r"country=JP&country=MX&programme=covisint$"))
    expect(box(page, "For a brief on Global Fund for SMEs")).not_to_be_checked()
