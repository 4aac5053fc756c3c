"""The header: one row at every width, its links all within reach."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit

HEIGHT = "document.querySelector('.site-header').offsetHeight"
WIDE = {1200: 56, 1280: 56, 1920: 56}
NARROW = {320: 48, 360: 48, 576: 56, 640: 56, 1199: 56}  # 640 is 1280 at a zoom of 200 %


def links(page: Page) -> list[str]:
    return page.locator(".site-nav a:visible").all_inner_texts()


@pytest.mark.parametrize("path", ["/programmes/?programme=covisint", "/search/?q=sme"])
def test_the_header_is_one_row_at_every_width(path: str, visit: Visit) -> None:
    page = visit(path)
    for width, height in {**WIDE, **NARROW}.items():
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(HEIGHT) == height, f"at {width} px"
        expect(page.locator(".site-menu > summary")).to_be_visible(visible=width in NARROW)
        assert bool(links(page)) == (width in WIDE)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 640])
def test_menu_opens_the_links_by_keyboard(width: int, javascript: bool, visit: Visit) -> None:
    page = visit("/about/", width=width, javascript=javascript)
    page.locator(".site-menu > summary").press("Enter")
    assert links(page)[0] == "Programmes"
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Programmes", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("67 programmes")


def test_on_a_phone_a_sign_leads_to_the_search(visit: Visit) -> None:
    page = visit("/about/", width=320)
    expect(page.locator("#site-search")).to_be_hidden()
    page.locator(".search-link").click()
    expect(page.locator("#search-large")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#search-large")).to_be_focused()


def test_ticking_a_programme_changes_the_number_beside_brief_at_once(visit: Visit) -> None:
    page = visit("/programmes/?programme=covisint")
    brief = page.locator(".site-nav a", has_text="Brief")
    expect(brief).to_have_text("Brief 1 ticked")
    page.get_by_label("For a brief on Global Fund for SMEs").check()
    expect(brief).to_have_text("Brief 2 ticked")
    brief.click()
    expect(page.locator("h1")).to_have_text("A brief on 2 programmes")


def test_the_last_tick_taken_away_leaves_no_number(visit: Visit) -> None:
    page = visit("/programmes/")
    box = page.get_by_label("For a brief on Global Fund for SMEs")
    box.check()
    box.uncheck()
    expect(page.locator(".site-nav a", has_text="Brief")).to_have_text("Brief")
    expect(page.locator(".site-nav a", has_text="Brief")).to_have_attribute("href", "/brief/")


def test_with_forced_colours_the_current_page_alone_is_underlined(visit: Visit) -> None:
    page = visit("/countries/", forced_colors="active")
    borders = "links => links.map(link => getComputedStyle(link).borderBlockEndColor)"
    here = page.locator(".site-nav a[aria-current]").evaluate_all(borders)
    others = page.locator(".site-nav a:not([aria-current])").evaluate_all(borders)
    assert len(set(others)) == 1
    assert set(here).isdisjoint(others)
    assert others[0] == page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
