"""Texts that mean harm, in a real browser: a script that ran would fail these tests, as would a request elsewhere."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.attacks.planted import MARK, NAMES, plant

from .conftest import Visit

TYPED = ["<script>zqzq()</script>", '"><img src=x onerror=zqzq()>', "' autofocus onfocus='zqzq()", "javascript:zqzq()"]


@pytest.fixture
def home(live_server: LiveServer, catalogue: None) -> str:
    """A site of which nothing stays."""
    return live_server.url


def untouched(page: Page) -> None:
    """Move over and press whatever a text could have become, and find no element that was typed."""
    assert page.locator("main img, main iframe, main svg[onload], main [onfocus], main [onerror]").count() == 0
    assert page.locator("main a[href^='javascript' i], main a[href^='data' i]").count() == 0
    page.keyboard.press("Tab")


@pytest.mark.parametrize(
    "path", ["/programmes/?sort=name", f"/search/?q={MARK}", "/evidence-map/", "/countries/", "/statement/"]
)
def test_what_was_planted_runs_on_no_page(path: str, visit: Visit) -> None:
    plant()
    untouched(visit(path))


def test_what_was_planted_runs_on_no_page_of_its_own(visit: Visit) -> None:
    plant()
    page = visit("/programmes/")
    for number in range(len(NAMES)):
        page.goto(f"/programmes/{MARK}-{number}/")
        untouched(page)
    page.goto("/compare/?country=QA&country=QB&country=QC")
    untouched(page)


def test_what_was_planted_is_suggested_as_text(visit: Visit) -> None:
    plant()
    page = visit("/")
    page.locator("#site-search").press_sequentially(MARK)
    expect(page.locator("[role=option]").first).to_be_visible()
    assert page.locator("[role=option] script, [role=option] img").count() == 0


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_runs_nowhere(typed: str, visit: Visit) -> None:
    page = visit("/")
    for path in ("/programmes/?q=", "/search/?q=", "/programmes/?country=", "/programmes/?page=", "/compare/?country="):
        page.goto(path + typed.replace("#", "%23"))
        untouched(page)
    page.goto(f"/programmes/?q=sme#{typed}")
    untouched(page)


def test_what_was_planted_runs_for_no_curator(visit: Visit) -> None:
    plant()
    User.objects.create_superuser("curator", password="paper and ink")
    page = visit("/admin/")
    page.fill("[name=username]", "curator")
    page.fill("[name=password]", "paper and ink")
    page.click("[type=submit]")
    for model in ("programme", "country", "source", "example", "organisation"):
        page.goto(f"/admin/programmes/{model}/?q={MARK}")
        page.locator("#result_list tbody th a").first.click()
        expect(page.locator("#content h2").first).to_be_visible()
        expect(page.locator(".submit-row")).to_be_visible()
