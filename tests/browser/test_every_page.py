"""What holds on every page, however it is looked at."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.pages import kinds

from .conftest import Visit

PAGES = [*kinds.PAGES, "/no-such-page/"]
LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
# An overflow that is hidden or scrolls by itself does not count: this is the page as a whole.
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach(fold => { fold.open = true })"
NOT_PRINTED = [".site-nav", ".site-search", ".browse-filters", ".sort", ".pagination", ".breadcrumb", ".no-print"]
# All that is used by itself; what stands in running text may be as small as the text.
TARGETS = "button, select, summary, input:not([type=checkbox]), .choice label, .name a, .number[href], .chip, .pages a"
SMALL = """targets => targets.filter(target => {
    const box = target.getBoundingClientRect();
    return target.checkVisibility() && (box.width < 24 || box.height < 24);
}).map(target => target.outerHTML)"""


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_their_width_and_keep_nobody_out(
    path: str, visit: Visit, barriers: Callable[[Page], list[str]]
) -> None:
    page = visit(path, width=320)
    assert page.evaluate(SIDEWAYS) == 0, "wider than 320 px while folded"
    page.evaluate(UNFOLD)
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(SIDEWAYS) == 0, f"wider than {width} px"
        assert page.locator(TARGETS).evaluate_all(SMALL) == [], f"{width} px"
        assert barriers(page) == [], f"{width} px, {scheme}"


CHOSEN = ["/compare/?country=JP&country=MX", "/brief/?programme=rosettanet"]


@pytest.mark.parametrize(
    "path", ["/", "/recommendations/2.2/", "/programmes/?country=JP", "/countries/JP/", "/statement/", *CHOSEN]
)
def test_pages_print_as_text(path: str, visit: Visit) -> None:
    page = visit(path, scheme="dark")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for selector in NOT_PRINTED:
        for element in page.locator(selector).all():
            expect(element).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 44)"
    page.set_viewport_size({"width": 650, "height": 900})  # A4 between margins.
    assert page.evaluate(SIDEWAYS) == 0


def test_a_folded_reason_is_printed(visit: Visit) -> None:
    page = visit("/recommendations/2.2/")
    reason = page.locator(".remark p", has_text="The page leaves open")
    expect(reason).to_be_hidden()
    page.emulate_media(media="print")
    assert reason.evaluate("element => element.checkVisibility({contentVisibilityAuto: true})")


@pytest.mark.parametrize("path", PAGES)
def test_pages_say_the_same_without_javascript(path: str, visit: Visit) -> None:
    with_scripts = visit(path).inner_text("main h1")
    assert visit(path, javascript=False).inner_text("main h1") == with_scripts


def test_readers_get_no_cookie(visit: Visit) -> None:
    assert visit("/programmes/").context.cookies() == []
