"""The evidence map by keyboard and by choice of its axes."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit

FOCUSED = "document.activeElement.textContent"
STOPS = "[...document.querySelectorAll('.map a')].filter(link => link.tabIndex === 0).length"
PLACE = "(() => { const c = document.activeElement.closest('th, td'); return [c.parentNode.rowIndex, c.cellIndex] })()"


def press(page: Page, key: str) -> list[int]:
    page.keyboard.press(key)
    found: list[int] = page.evaluate(PLACE)
    return found


def test_the_table_is_one_focus_stop_and_arrow_keys_move_among_its_numbers(visit: Visit) -> None:
    page = visit("/evidence-map/?rows=instrument")
    expect(page.locator("[data-map-keys]")).to_be_visible()
    assert page.evaluate(STOPS) == 1
    page.locator(".map a[tabindex='0']").focus()
    row, column = page.evaluate(PLACE)
    assert press(page, "ArrowRight")[0] == row
    assert press(page, "ArrowLeft") == [row, column]
    assert press(page, "ArrowDown") == [row + 1, column]
    assert press(page, "ArrowUp") == [row, column]
    assert press(page, "End")[0] == row
    assert page.evaluate(FOCUSED) == "13"
    assert press(page, "Home") == [row, 0]
    assert page.evaluate(STOPS) == 1
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('.map'))")


def test_axes_apply_as_they_are_chosen(visit: Visit) -> None:
    page = visit("/evidence-map/?country=JP")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_hidden()
    page.get_by_label("Rows").select_option("topic")
    expect(page.locator("h1")).to_contain_text("Topics by country")
    expect(page.locator("h1")).to_contain_text("in Japan")


def test_without_javascript_a_button_shows_them_and_every_number_is_a_stop(visit: Visit) -> None:
    page = visit("/evidence-map/", javascript=False)
    page.locator("[name=by]").select_option("region")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Recommendations by region")
    expect(page.locator(".map a[tabindex]")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "?rows=topic&by=instrument"])
def test_on_a_wide_page_all_of_it_is_in_sight_below_heads_that_stay(query: str, visit: Visit) -> None:
    page = visit(f"/evidence-map/{query}", width=1280)
    assert page.locator(".map").evaluate(
        "map => [map.scrollHeight - map.clientHeight, map.scrollWidth - map.clientWidth]"
    ) == [0, 0]
    assert page.evaluate("document.querySelector('.map thead').getBoundingClientRect().height") <= 120
    page.locator(".map tfoot").scroll_into_view_if_needed()
    assert page.evaluate("document.querySelector('.map thead').getBoundingClientRect().top") >= 0
