"""/what-became/: numbers by status, charts, and the list behind each number."""

import pytest

from programmes.models import Programme
from tests.factories import make_programme

from .conftest import Page

GROUPS = {
    "running": ("running",),
    "renamed-or-merged": ("renamed", "merged"),
    "ended": ("ended",),
    "unknown": ("unknown",),
}


def test_each_group_has_its_number_with_certainty_and_leads_to_as_many(page: Page) -> None:
    whole = page("/what-became/")
    numbers = whole.all(".outcome-number")
    assert len(numbers) == len(GROUPS)
    for number, statuses in zip(numbers, GROUPS.values(), strict=True):
        there = Programme.objects.filter(status__in=statuses)
        links = number.all("a")
        wanted = [there.count()]
        if statuses != ("unknown",):
            wanted += [there.filter(certainty=kind).count() for kind in ("stated", "inferred")]
        assert [int(link.text.split()[0]) for link in links] == wanted
        assert [int(page(link["href"]).one("[data-total]")["data-total"]) for link in links] == wanted


def test_the_headline_says_how_many_were_still_running_and_when_they_were_seen(page: Page) -> None:
    running = page("/what-became/").all(".outcome-number")[0]
    years = [p.as_of for p in Programme.objects.filter(status="running") if p.as_of]
    assert "still running when last seen" in running.text
    assert f"last seen {min(years)} to {max(years)}" in running.text


def test_every_programme_stands_once_with_its_sentence_and_evidence_last_seen_first(page: Page) -> None:
    whole = page("/what-became/")
    rows = {row.one("h4 a")["href"]: row for row in whole.all(".outcome-row")}
    assert len(rows) == len(whole.all(".outcome-row")) == Programme.objects.count()
    for programme in Programme.objects.all():
        row = rows[programme.get_absolute_url()]
        assert " ".join(programme.status_note.split()) in row.text
        assert not programme.evidence or programme.evidence in row.links()
    running = [p.as_of for p in map(by_address, whole.one("#running").links()) if p]
    assert running == sorted(running, key=lambda year: year or 0, reverse=True)


def by_address(address: str) -> Programme | None:
    return Programme.objects.filter(slug=address.strip("/").rpartition("/")[2]).first()


def test_a_long_group_lists_some_and_leads_to_all(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programmes.presentation.what_became.LISTED", 3)
    ended = page("/what-became/").one("#ended")
    assert len(ended.all(".outcome-row")) == 3
    assert ended.all("p.note a")[-1]["href"] == "/programmes/?status=ended"


def test_a_new_programme_is_a_group_of_its_own(page: Page) -> None:
    make_programme("new")
    last = page("/what-became/").all(".outcome-number")[-1]
    assert last.one("a")["href"] == "/programmes/?status=not-yet-checked"
    assert last.one("a").text.startswith("1 ")


def test_a_status_that_is_inferred_says_so(page: Page) -> None:
    for row in page("/what-became/").all(".outcome-row"):
        programme = by_address(row.one("h4 a")["href"])
        assert programme
        assert ("inferred" in row.one(".status").text) == (programme.certainty == "inferred")
