"""What holds on every page, however it is looked at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from programmes.models import Programme

from .conftest import Visit

PAGES = [
    "/",
    "/recommendations/",
    "/recommendations/2.1/",
    "/programmes/",
    "/programmes/?country=JP&q=sme",
    "/programmes/?country=XX",
    "/countries/",
    "/countries/JP/",
    "/statement/",
    "/search/?q=finance",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/no-such-page/",
]
# Looking costs seconds: each width and each scheme once, rather than each with each.
LOOKS = [(320, "light"), (1280, "dark")]
# An overflow that is hidden or scrolls by itself does not count: this is the page as a whole.
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_their_width_and_keep_nobody_out(
    path: str, visit: Visit, barriers: Callable[[Page], list[str]]
) -> None:
    for width, scheme in LOOKS:
        page = visit(path, width=width, scheme=scheme)
        assert page.evaluate(SIDEWAYS) == 0, f"wider than {width} px"
        assert barriers(page) == [], f"{width} px, {scheme}"


def test_a_programme_fits_its_width_and_keeps_nobody_out(visit: Visit, barriers: Callable[[Page], list[str]]) -> None:
    page = visit("/", width=320)
    page.goto(Programme.objects.all()[0].get_absolute_url())
    assert page.evaluate(SIDEWAYS) == 0
    assert barriers(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_say_the_same_without_javascript(path: str, visit: Visit) -> None:
    with_scripts = visit(path).inner_text("main h1")
    assert visit(path, javascript=False).inner_text("main h1") == with_scripts


def test_readers_get_no_cookie(visit: Visit) -> None:
    assert visit("/programmes/").context.cookies() == []
