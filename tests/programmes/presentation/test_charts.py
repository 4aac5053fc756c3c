"""Charts: each number is of the programmes that its list shows."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from programmes.models import Programme, Term
from programmes.presentation.charts import CHARTS, Chart, chart, page_chart
from programmes.search.catalogue_snapshot import CatalogueSnapshot
from programmes.search.filters import ProgrammeFilter
from programmes.search.list_query import ListQuery
from programmes.search.search import total as total_in
from tests import reference
from tests.factories import make_country, make_many_programmes, make_programme, make_term

pytestmark = pytest.mark.usefixtures("statuses")

QUERIES = [
    "",
    "q=sme",
    "q=%22trade+fairs%22&provider=government",
    "country=JP&country=MX",
    "country=KE&category=4",
    "region=asia&sort=country",
    "category=2&recommendation=1.1",
    "instrument=financial-support&country=TR",
    "instrument=grant&instrument=training",
    "topic=standards&beneficiary=smes",
    "country=-JP&instrument=-training",
    "status=running&status=ended&country=JP&country=AU&country=AT",
    "certainty=inferred",
    "status=renamed&status=-merged",
    "certainty=-stated&country=-AU",
    "country=none",
    "country=none&country=JP&country=TR",
    "country=-none&category=4",
    "country=JP&country=MX&country=-MX",
    "instrument=training&instrument=grant&every=instrument",
    "instrument=-financial-support&category=-2&q=sme",
]


# Status, certainty and year of the end of the first programmes by address; of each other nothing is known.
STATUSES = [
    *[("running", "stated", None)] * 4,
    *[("running", "inferred", None)] * 3,
    ("running", "", None),
    *[("renamed", "inferred", 2018)] * 3,
    ("merged", "stated", 2008),
    ("merged", "inferred", None),
    *[("ended", "stated", 2012)] * 2,
    ("ended", "inferred", 2006),
    ("ended", "stated", None),
]


@pytest.fixture
def statuses(catalogue: None) -> None:
    """The catalogue with these statuses, whatever its fixtures say."""
    blank = {"certainty": "", "until": None, "as_of": None, "evidence": ""}
    Programme.objects.update(status="unknown", **blank)
    for programme, (status, certainty, until) in zip(Programme.objects.order_by("slug"), STATUSES, strict=False):
        Programme.objects.filter(pk=programme.pk).update(status=status, certainty=certainty, until=until)
    Programme.objects.filter(slug="rosettanet").update(status="not-yet-checked")


def asked(query: str) -> ListQuery:
    known = ProgrammeFilter(QueryDict(query), CatalogueSnapshot.now().vocabulary.known)
    assert known.is_valid(), known.sentences
    return known.selection


def made(name: str, query: str = "") -> Chart:
    return chart(name, asked(query), CatalogueSnapshot.now())


def total(url: str) -> int:
    """The number of programmes of the list at this address."""
    return total_in(asked(urlsplit(url).query), CatalogueSnapshot.now())


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", CHARTS)
def test_every_bar_is_as_long_as_the_list_that_it_leads_to(name: str, query: str) -> None:
    found = made(name, query)
    assert total(found.total_url) == found.total
    for row in found.rows:
        assert total(row.url) == row.count, row
        for part in row.parts:
            assert total(part.url) == part.count, (row.label, part)


def test_the_parts_of_a_bar_are_all_of_it() -> None:
    for name in set(CHARTS) & {"status", "status-by-country", "status-by-category"}:
        for query in QUERIES:
            found = made(name, query)
            for row in found.rows:
                assert len(row.parts) == len(found.columns)
                assert sum(part.count for part in row.parts) == row.count, (name, query, row.label)


def test_statuses_stand_in_their_order_and_the_known_ones_by_certainty() -> None:
    found = made("status")
    assert [(row.key, *(part.count for part in row.parts)) for row in found.rows] == [
        ("running", 4, 3, 1),
        ("renamed", 0, 3, 0),
        ("merged", 1, 1, 0),
        ("ended", 3, 1, 0),
        ("unknown", 0, 0, 49),
        ("not-yet-checked", 0, 0, 1),
    ]
    assert found.note == "17 of 67 known; hatched: inferred"
    Programme.objects.filter(slug="rosettanet").update(status="unknown")
    assert [row.key for row in made("status").rows][-1] == "unknown"
    assert [column.label for column in made("status-by-country").columns] == [
        "running, stated",
        "running, inferred",
        "running, certainty not recorded",
        "renamed or merged, stated",
        "renamed or merged, inferred",
        "ended, stated",
        "ended, inferred",
        "fate unknown",
    ]


def numbers(name: str, query: str = "") -> dict[str, int]:
    return {row.key: row.count for row in made(name, query).rows}


def test_without_filters_it_is_what_counting_by_hand_gives() -> None:
    records = reference.records()
    for name, facet in {"countries": "country", "categories": "category", "instruments": "instrument"}.items():
        assert len(numbers(name)) >= 5
        for key, number in numbers(name).items():
            assert number == sum(key in record.keys[facet] for record in records), key


def test_the_longest_bars_come_first_and_narrower_terms_below_their_own() -> None:
    countries = [row.count for row in made("countries").rows if row.key != "none"]
    assert countries == sorted(countries, reverse=True)
    rows = made("instruments").rows
    assert [(row.label, row.count, row.level) for row in rows[:3]] == [
        ("Financial support", 13, 0),
        ("Grant or subsidy", 7, 1),
        ("Loan or credit", 2, 1),
    ]
    assert (rows[-1].label, rows[-1].count) == ("Procurement measure", 0)


def test_a_narrower_choice_is_not_counted_under_its_broader_term() -> None:
    assert set(numbers("instruments", "instrument=grant")) == {"grant"}
    within = numbers("instruments", "instrument=financial-support")
    assert within["financial-support"] == 13
    assert "training" not in within


def test_the_line_below_says_of_how_many_and_what_to_beware_of() -> None:
    notes = {name: made(name).note for name in ("countries", "categories", "instruments")}
    assert notes["countries"].startswith("67 programmes")
    assert notes["categories"] == "67 programmes; one may serve several: the sum is 69"
    assert notes["instruments"].startswith("66 of 67 programmes have one or more; narrower terms outlined")
    assert made("categories", "country=KE").note == "1 programme"
    make_programme("of-two", countries=[make_country("QA"), make_country("QB")])
    assert made("countries").note.startswith("68 programmes; one of several countries counts in each")


def test_countries_without_a_programme_are_numbered_together() -> None:
    rows = made("countries", "instrument=grant").rows
    assert [row.count for row in rows if row.key not in ("", "none")].count(0) == 0
    (others,) = [row for row in rows if not row.key]
    assert (others.label, others.count) == (f"{22 - len([row for row in rows if row.key != 'none'])} others", 0)


def test_the_title_has_the_filters_in_words() -> None:
    title = "Programmes by country or economy, in Japan or Mexico, with “sme”"
    assert made("countries", "country=JP&country=MX&q=sme").title == title


def test_more_than_thirty_countries_become_others_that_leave_out_the_thirty() -> None:
    for code in (f"{a}{b}" for a in "QX" for b in "ABCDEFGH"):
        make_programme(f"of-{code.lower()}", countries=[make_country(code)])
    found = made("countries")
    named = [row for row in found.rows if row.key and row.key != "none"]
    (others,) = [row for row in found.rows if not row.key]
    assert (len(named), others.label) == (30, "7 others")
    assert total(others.url) == others.count
    assert f"country=-{named[0].key}" in others.url


def test_more_than_thirty_instruments_become_others_too() -> None:
    for number in range(15):
        make_term(f"new-{number}", scheme="instrument", label=f"New {number}")
    make_programme("of-two-kinds").classifications.create(term=Term.objects.get(key="new-14"))
    found = made("instruments")
    (others,) = [row for row in found.rows if not row.key]
    assert (len(found.rows), others.label) == (31, "4 others")
    assert total(others.url) == others.count


def test_a_page_has_the_chart_in_two_widths_and_its_files() -> None:
    shown: Any = page_chart("countries", asked("country=JP&sort=country"), CatalogueSnapshot.now())
    assert (shown.wide.width, shown.narrow.width) == (640, 288)
    assert dict(shown.files)["SVG"] == "/charts/countries.svg?country=JP"
    labels = [group.label for group in shown.narrow.groups]
    assert labels[0] == "Japan: 9 programmes"
    for drawing in (shown.wide, shown.narrow):
        for group in drawing.groups:
            assert all(rect.x + rect.width <= drawing.width for rect in group.rects)


def test_no_chart_is_called_otherwise() -> None:
    with pytest.raises(KeyError):
        made("regions")


def test_the_timeline_has_the_ends_by_year_status_and_name_and_the_others_by_name() -> None:
    found = made("timeline")
    assert [(event.year, event.status) for event in found.events] == [
        (2006, "ended"),
        (2008, "merged"),
        (2012, "ended"),
        (2012, "ended"),
        *[(2018, "renamed")] * 3,
    ]
    names = [event.name for event in found.events[4:]]
    assert names == sorted(names)
    assert [event.status for event in found.undated] == ["merged", "ended"]
    assert found.note == "7 of 9 with a year; 2006 to 2018; dotted: inferred"
    for query in QUERIES:
        shown = made("timeline", query)
        assert total(shown.total_url) == shown.total == len(shown.all_events)


def test_a_timeline_draws_the_first_hundred_and_leads_to_all() -> None:
    make_many_programmes(120)
    Programme.objects.filter(slug__startswith="many-").update(status="ended", until=2015, certainty="stated")
    found = made("timeline")
    assert (len(found.events), found.total) == (100, 129)
    assert "127 of 129 with a year; the first 100 by year are drawn" in found.note
    assert total(found.total_url) == 129


def test_a_mark_stands_at_its_year_and_what_is_inferred_is_dotted() -> None:
    shown: Any = page_chart("timeline", asked(""), CatalogueSnapshot.now())
    for drawing in (shown.wide, shown.narrow):
        rows = [group for group in drawing.groups if group.url]
        places = [row.dots[0].x for row in rows]
        assert places == sorted(places)
        assert places[-1] <= drawing.width
        for row, event in zip(rows, shown.chart.events, strict=True):
            (span,) = row.lines
            assert (span.x2 < span.x1) == (event.year < 2007)
            assert (span.kind == "span-inferred") == event.inferred == ("inferred" in row.label)
    assert page_chart("timeline", asked("country=none&status=running"), CatalogueSnapshot.now()).chart.total == 0


def test_the_dots_of_an_instrument_stand_in_the_columns_of_their_countries() -> None:
    found, records = made("instruments-by-country"), reference.records()
    codes = [column.key for column in found.columns]
    assert codes[0] == "JP"
    assert codes[-1] == "none"
    for row in found.rows:
        for code, part in zip(codes, row.parts, strict=True):
            assert part.count == sum(
                row.key in record.keys["instrument"] and code in record.keys["country"] for record in records
            )
