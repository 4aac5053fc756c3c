"""/about/data/: how complete the catalogue is, and what is open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from programmes.data_quality import completeness, defects
from programmes.models import Country, Link, LinkCheck, Programme
from recommendations.models import Recommendation
from tests.factories import make_example, make_organisation, make_programme

from .conftest import Page
from .reading import Element

pytestmark = pytest.mark.both

TODAY = datetime.now(UTC).date()
YEAR_AGO = TODAY - timedelta(days=365)


def number(whole: Element, label: str) -> int:
    """The number in the row of this label."""
    rows = [row for row in whole.all("tr") if row.all("th[scope=row]") and row.one("th").text == label]
    assert len(rows) == 1, label
    return int(rows[0].one("td[data-label=Programmes]").text.split()[0])


@pytest.fixture
def records(catalogue: None) -> None:
    """Of every class of defects some."""
    Programme.objects.filter(slug="rosettanet").update(status="running", checked_on=TODAY)
    Programme.objects.filter(slug="covisint").update(status="ended", checked_on="2010-01-01")
    alive, dead = "https://example.org/alive", "https://example.org/dead"
    Link.objects.bulk_create(
        Link(programme=Programme.objects.get(slug=slug), url=url)
        for slug, url in [("rosettanet", alive), ("rosettanet", dead), ("covisint", alive)]
    )
    LinkCheck.objects.create(url=alive, outcome="answers", checked_at="2026-03-01T00:00Z")
    since = "2026-02-02T00:00Z"
    LinkCheck.objects.create(url=dead, outcome="gone", checked_at="2026-03-02T00:00Z", failing_since=since)
    fairs = make_organisation()
    make_programme("fairs", name="Fairs", provider=fairs)
    make_programme("fairs-2", name="fairs", provider=fairs, countries=[Country.objects.get(code="JP")])
    make_example("2.1", make_programme("placed"), placed_by_inference=True, reason="By its sense.")


def test_every_number_is_what_the_database_counts(page: Page, records: None) -> None:
    whole, programmes = page("/about/data/"), Programme.objects.all()
    total = programmes.count()
    expected = {
        "Provider": total,
        "Country or economy": programmes.exclude(countries=None).distinct().count(),
        "Quotation": programmes.exclude(examples=None).distinct().count(),
        "Status looked up": 2,
        "Link": 2,
        "Running": 1,
        "Ended": 1,
        "Not yet checked": total - 2,
        "No link": programmes.filter(links=None).count(),
        "A link that leads nowhere": defects.with_dead_link(programmes).count(),
        "Not looked up for a year, or never": defects.not_checked_since(programmes, YEAR_AGO).count(),
        "Placed in a row by inference": programmes.filter(examples__placed_by_inference=True).distinct().count(),
        "No quotation": programmes.filter(examples=None).count(),
        "No country, and so no region": programmes.filter(countries=None).count(),
        "Same provider and a close name": len(defects.probable_duplicates()),
    }
    assert {label: number(whole, label) for label in expected} == expected


def test_each_defect_is_found_where_it_is(records: None) -> None:
    def slugs(found: object) -> set[str]:
        return set(found.values_list("slug", flat=True))  # type: ignore[attr-defined]

    programmes = Programme.objects.all()
    assert slugs(defects.with_dead_link(programmes)) == {"rosettanet"}
    assert slugs(defects.not_checked_since(programmes, YEAR_AGO)) == slugs(programmes) - {"rosettanet"}
    assert slugs(programmes.filter(pk__in=defects.probable_duplicates())) == {"fairs", "fairs-2"}


def test_every_number_that_is_a_link_leads_to_as_many_rows(page: Page, records: None) -> None:
    followed = 0
    for link in page("/about/data/").one("main").all("a[href]"):
        if link.all(".number-of"):
            assert link.one(".number-of").text == page(link["href"]).one("[data-total]")["data-total"]
            followed += 1
    assert followed == 8


def test_it_says_when_was_last_checked(page: Page, records: None) -> None:
    text = page("/about/data/").text
    assert f"A programme was last looked up on {TODAY.day} {TODAY:%B %Y}" in text
    assert "Links were last asked whether they answer on 2 March 2026" in text


def test_at_first_nothing_was_looked_up_and_the_page_says_so(page: Page) -> None:
    text = page("/about/data/").text
    assert "No programme has been looked up yet" in text
    assert "No link has been asked yet" in text
    part_ii = [r for r in Recommendation.objects.with_category() if r.in_part_ii]
    missing = [r for r in part_ii if not r.examples.exists()]
    assert missing
    assert f"{len(missing)} of {len(part_ii)} recommendations of part ii have no programme" in text


def test_an_empty_catalogue_has_a_page_too(page: Page, catalogue: None) -> None:
    Programme.objects.all().delete()
    assert "it has none yet" in page("/about/data/").text


def test_a_number_that_is_not_all_of_it_says_so(page: Page, records: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Link.objects.create(programme=Programme.objects.get(slug="covisint"), url="https://example.org/dead")
    monkeypatch.setattr(completeness, "COUNTED", 1)
    monkeypatch.setattr(defects, "NEWEST", 3)
    text = page("/about/data/").text
    assert "1 (more than these; counted so far)" in text
    assert "2 (of the 3 recorded last)" in text


def test_all_and_none_are_only_what_is_all_and_none() -> None:
    assert [completeness.DataQualityRow("", n, 1000).share for n in (0, 1, 500, 999, 1000)] == [0, 1, 50, 99, 100]
    assert completeness.DataQualityRow("", 0, 0).share == 0


def test_what_was_looked_up_is_known_to_the_day() -> None:
    known = completeness.DataQualityCounts(3, 0, 0, 0, 0, {"2026-01-01": 1, "2026-01-02": 2})
    assert known.checked_since(date(2026, 1, 2)) == 2


def test_about_leads_there_and_it_leads_back(page: Page) -> None:
    assert "/about/data/" in page("/about/").links()
    assert "/about/#uncertain" in page("/about/data/").links()
    assert page("/about/").one("[id=uncertain]")
