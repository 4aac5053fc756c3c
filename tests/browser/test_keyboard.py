"""The keyboard alone does everything, and shows where it is."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit

OUTLINE = "getComputedStyle(document.activeElement).outline"
AROUND = "getComputedStyle(document.activeElement.closest('form') || document.body).outline"
SHOWN = (
    "(() => { const box = document.activeElement.getBoundingClientRect(); return box.width > 0 && box.height > 0; })()"
)


def press_until(page: Page, key: str, reached: str) -> None:
    """Press a key until an element that the selector fits has the focus."""
    for _ in range(150):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", reached):
            return
    raise AssertionError(f"{key} never leads to {reached}")


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    page = visit("/countries/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/programmes/?country=JP", "/recommendations/2.1/", "/countries/JP/"])
def test_every_stop_shows_that_it_has_the_focus(path: str, scheme: str, visit: Visit) -> None:
    page = visit(path, scheme=scheme)
    stops = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        outlines = [page.evaluate(OUTLINE), page.evaluate(AROUND)]
        assert any("solid 2px" in outline for outline in outlines), page.evaluate("document.activeElement.outerHTML")
        assert page.evaluate(SHOWN), page.evaluate("document.activeElement.outerHTML")
        stops += 1
    assert stops > 15


@pytest.mark.parametrize("javascript", [True, False])
def test_filter_open_a_result_and_come_back(javascript: bool, visit: Visit) -> None:
    page = visit("/programmes/", javascript=javascript)
    press_until(page, "Tab", "input[name=country][value=JP]")
    page.keyboard.press("Space")
    if not javascript:
        press_until(page, "Tab", "button.button")
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("9 programmes in Japan")
    press_until(page, "Tab", ".result h2 a")
    page.keyboard.press("Enter")
    expect(page.locator(".in-list")).to_be_visible()
    press_until(page, "Tab", ".in-list a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("9 programmes in Japan")


def test_back_in_the_list_the_keyboard_goes_on_from_the_result(visit: Visit) -> None:
    page = visit("/programmes/")
    slug = page.locator(".result").nth(10).get_attribute("id")
    page.goto(f"/programmes/?sort=name&page=1#{slug}")
    press_until(page, "Tab", "a")
    assert page.evaluate("document.activeElement.closest('.result').id") == slug


def test_a_fold_opens_by_key(visit: Visit) -> None:
    page = visit("/recommendations/2.2/")
    press_until(page, "Tab", "summary")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The page leaves open where the row on consortia begins and ends.")).to_be_visible()


def test_slash_leads_to_the_search(visit: Visit) -> None:
    page = visit("/about/")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()
    expect(page.locator("#site-search")).to_have_value("")
    page.keyboard.type("trade/fairs")
    expect(page.locator("#site-search")).to_have_value("trade/fairs")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("programme")


def test_slash_is_a_slash_while_one_types(visit: Visit) -> None:
    page = visit("/programmes/")
    words = page.get_by_label("Words", exact=True)
    words.focus()
    page.keyboard.press("/")
    expect(words).to_be_focused()
    expect(words).to_have_value("/")
