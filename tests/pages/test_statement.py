"""/statement/: the whole document, in its order, each part of it linked to its page."""

from copy import copy
from pathlib import Path

from gvc_catalogue.text.quotations import difference, repair, uncovered
from programmes.models import Example
from recommendations.models import Recommendation

from .conftest import Page
from .reading import Element


def document(whole: Element) -> list[str]:
    """The blocks of the document without what the catalogue says; a footnote's number is a word, as in print."""
    article = copy(whole.one("article"))
    for element in article.all(".anchor, .remark"):
        element.clear()
    for element in article.all("sup"):
        ends = element.css.closest(".footnotes") and not element.css.closest(".annex")
        element.string = f" {element.text}{'.' if ends else ''} "
    return article.lines


def test_it_has_every_word_of_the_source_and_none_besides(page: Page, root: Path) -> None:
    source = repair((root / "fixtures/source/action-statement.txt").read_text(encoding="utf-8"))
    lines = document(page("/statement/"))
    begin = next(number for number, line in enumerate(lines) if line.startswith("ANNEX:"))
    for blocks, part in ((lines[:begin], source.body), (lines[begin:], source.annex)):
        assert uncovered(blocks, part) == []
        assert [str(found) for block in blocks if (found := difference(block, part))] == []


def test_the_body_stands_in_the_order_of_the_source(page: Page, root: Path) -> None:
    source = repair((root / "fixtures/source/action-statement.txt").read_text(encoding="utf-8")).body
    lines = document(page("/statement/"))
    begin = next(number for number, line in enumerate(lines) if line.startswith("ANNEX:"))
    for footnote in lines[begin - 2 : begin]:
        source = source.replace(footnote, "")
    assert " ".join(lines[: begin - 2]).split() == source.split()


def test_each_recommendation_is_an_anchor_with_a_link_to_its_page(page: Page) -> None:
    whole = page("/statement/")
    for recommendation in Recommendation.objects.all():
        place = whole.anchor(f"r-{recommendation.number}")
        assert recommendation.text in place.text
        assert recommendation.get_absolute_url() in place.links()


def test_each_bullet_of_the_annex_is_an_anchor_with_links_to_its_programmes(page: Page) -> None:
    whole = page("/statement/")
    for example in Example.objects.with_details():
        place = whole.anchor(example.anchor)
        assert example.text in place.text
        assert {programme.get_absolute_url() for programme in example.programmes.all()} == set(place.links())


def test_examples_stand_in_the_row_of_their_recommendation_in_order(page: Page) -> None:
    rows = page("/statement/").all(".annex-row")
    for row in rows[1:]:
        number = row["id"].removeprefix("row-")
        expected = [e.anchor for e in Example.objects.filter(recommendation__number=number).with_details()]
        assert [bullet["id"] for bullet in row.all("li")] == expected


def test_the_contents_lead_to_places_on_the_page(page: Page) -> None:
    whole = page("/statement/")
    links = whole.one("aside nav").links()
    assert len(links) == 10
    for link in links:
        assert whole.anchor(link.removeprefix("#")).text
