"""The page of a programme: its terms and the words in the quotation that justify them."""

import re

from playwright.sync_api import Page, expect

from .conftest import Visit

MARKED = "[...(CSS.highlights.get('term-words') || [])].map((range) => range.toString())"


def marked(page: Page) -> list[str]:
    return page.evaluate(MARKED)


def test_reaching_a_term_by_keyboard_marks_its_words_in_the_quotation(visit: Visit) -> None:
    page = visit("/programmes/technology-clusters-initiative/")
    page.get_by_role("link", name="Clusters", exact=True).focus()
    assert marked(page) == ["world-class technology clusters"]
    page.get_by_role("link", name="Research and development", exact=True).focus()
    assert marked(page) == ["leading-edge research"]
    page.locator("h1").click()
    assert marked(page) == []


def test_pointing_at_a_term_marks_its_words_in_the_quotation(visit: Visit) -> None:
    page = visit("/programmes/technology-clusters-initiative/")
    page.get_by_role("link", name="Clusters", exact=True).hover()
    assert marked(page) == ["world-class technology clusters"]


def test_without_a_script_nothing_is_said_of_marks(visit: Visit) -> None:
    page = visit("/programmes/technology-clusters-initiative/", javascript=False)
    expect(page.get_by_text("marks its words in the quotation")).to_be_hidden()
    expect(page.locator(".terms .quoted").first).to_be_visible()


def test_a_programme_prints_on_one_page_with_the_addresses_of_its_links(visit: Visit) -> None:
    page = visit("/programmes/technology-clusters-initiative/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.emulate_media(media="print")
    link = page.locator(".elsewhere li > a").first
    written = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert link.get_attribute("href") in written or "attr(href)" in written
    expect(page.get_by_text("Related programmes")).to_be_hidden()
    expect(page.locator(".status-box")).to_be_visible()
