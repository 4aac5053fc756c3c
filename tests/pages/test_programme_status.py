"""What became of a programme and where it stands elsewhere, on its own page."""

from datetime import date
from typing import Any

import pytest

from programmes.models import Link, LinkKind, Programme
from tests.factories import make_programme

from .conftest import Page
from .reading import Element

EVIDENCE = "https://example.org/foires"
PATH = "/programmes/fairs/"


def make_fairs(**fields: Any) -> Programme:
    """A programme that is running, as one link of the year 2008 says."""
    known: dict[str, Any] = {"status": "running", "certainty": "stated", "as_of": 2024}
    known["checked_on"] = date(2026, 11, 27)
    programme = make_programme("fairs", name="Fairs", **known | fields)
    programme.links.create(url=EVIDENCE, title="Foires", language="fr", evidence_date="2008-02", note="Its report.")
    return programme


def box(page: Page, **fields: Any) -> Element:
    make_fairs(**fields)
    return page(PATH).one(".status-box")


def test_a_stated_status_has_its_sentence_and_evidence(page: Page) -> None:
    shown = box(page, status_note="It goes on.", evidence=EVIDENCE, evidence_date="2008-02-07")
    assert shown.one("h2").text == "What became of it: Running, as of 2024 Stated by the source"
    assert "It goes on." in shown.text
    assert "Evidence: Foires, 7 February 2008." in shown.text
    link = shown.one(f"a[href='{EVIDENCE}']")
    assert (link["lang"], link["hreflang"]) == ("fr", "fr")
    assert "Seen so as of" not in shown.text


def test_what_is_inferred_is_said_to_be_probable(page: Page) -> None:
    shown = box(page, status="renamed", certainty="inferred", until=2018, as_of=2021, successor_name="Markets")
    assert shown.one("h2").text == "What became of it: Probably renamed in 2018 Inferred"
    assert "It is probably now called Markets." in shown.text
    assert "Seen so as of 2021." in shown.text
    assert "status-inferred" in shown.classes
    assert "Stated" not in shown.text


def test_a_successor_in_the_catalogue_is_a_link_any_other_a_name(page: Page) -> None:
    successor = Programme.objects.get(slug="covisint")
    shown = box(page, status="merged", until=2008, as_of=None, successor=successor)
    assert shown.links() == {"/programmes/covisint/": successor.name}
    Programme.objects.filter(slug="fairs").update(successor=None, successor_name="Europe Network")
    shown = page(PATH).one(".status-box")
    assert "Merged in 2008 into Europe Network" in shown.one("h2").text
    assert not shown.links()


def test_who_knows_the_fate_of_a_programme_is_led_to_the_form_with_that_field(page: Page) -> None:
    shown = box(page, status="unknown", certainty="", as_of=2011)
    assert "Last seen in 2011." in shown.text
    (ask,) = [address for address, words in shown.links().items() if words == "Do you know? Tell us"]
    assert page(ask).one("textarea").text == "What became of it:"


def test_a_status_that_is_known_does_not_ask(page: Page) -> None:
    assert "Do you know?" not in box(page).text


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"evidence_date": "2007-11-15"}, True),
        ({"evidence_date": "2022"}, False),
        ({}, True),
        ({"kind": LinkKind.DESCRIPTION}, False),
        ({"kind": LinkKind.ARCHIVED, "evidence_date": "2009"}, True),
    ],
)
def test_an_address_of_the_time_is_looked_up_in_a_web_archive(known: dict[str, Any], found: bool, page: Page) -> None:
    make_programme("fairs").links.create(url="https://example.com/a?b=1&c=2", **known)
    addresses = page(PATH).one(".links").links()
    assert ("https://web.archive.org/web/2007*/https://example.com/a?b=1&c=2" in addresses) == found


def test_a_copy_in_an_archive_is_not_looked_up_again(page: Page) -> None:
    make_programme("fairs").links.create(url="https://web.archive.org/web/2007/http://example.com/", kind="archived")
    assert len(page(PATH).one(".links").links()) == 1


def test_links_stand_by_kind_with_language_date_and_note(page: Page) -> None:
    programme = make_fairs()
    for kind in ("description", "evaluation", "archived"):
        programme.links.create(url=f"https://example.org/{kind}", kind=kind, evidence_date="2022-11-03")
    whole = page(PATH)
    assert [kind.text for kind in whole.all(".links dt")] == ["Official", "Archived", "Evaluations", "Descriptions"]
    first = whole.all(".links li")[0]
    assert first.text == "Foires Its report. French · February 2008 Look it up as of 2007: Foires"
    assert first.all("a")[0]["lang"] == "fr"
    assert "Looked up in public material in November 2026" in whole.text


def test_an_unsafe_address_is_no_link_and_no_evidence(page: Page) -> None:
    programme = make_programme("fairs", status="running", as_of=2024, evidence="javascript:alert(1)")
    Link.objects.bulk_create([Link(programme=programme, url="javascript:alert(1)", title="Xyzzy")])
    whole = page(PATH)
    assert not whole.all(".links")
    assert "Evidence" not in whole.one(".status-box").text


def test_the_citation_stands_open(page: Page) -> None:
    assert "open" in page("/programmes/covisint/").one("details.cite").attrs


def test_every_programme_says_its_status_with_the_evidence_that_the_data_has(page: Page) -> None:
    for programme in Programme.objects.all():
        shown = page(programme.get_absolute_url()).one(".status-box")
        assert ("Probably" in shown.one("h2").text) == (programme.certainty == "inferred")
        assert ("Stated by the source" in shown.text) == (programme.certainty == "stated")
        assert programme.status_note in shown.text
        assert (programme.evidence in shown.links()) == bool(programme.evidence)
        assert ("Do you know? Tell us" in shown.text) == (programme.status == "unknown")
        links = page(programme.get_absolute_url()).all(".links li > a")
        assert {link["href"] for link in links} == {link.url for link in programme.links.all()}
