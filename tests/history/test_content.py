"""Contents: what a record says, as plain data, and back."""

import json
from typing import Any

import pytest

from gvc_catalogue.history.content import (
    MissingReferenceError,
    apply_content,
    is_reference,
    is_same_content,
    serialise,
    to_plain,
)
from gvc_catalogue.history.differences import conflicts, differences
from programmes.models import Country, Example, Organisation, Programme
from recommendations.models import Category, Passage, Recommendation
from tests.factories import make_programme

pytestmark = pytest.mark.django_db

MODELS: list[Any] = [Programme, Example, Country, Organisation, Category, Recommendation, Passage]


@pytest.mark.parametrize("model", MODELS)
def test_a_content_written_back_changes_nothing_and_json_holds_it(model: Any) -> None:
    for record in model.objects.all()[:30]:
        content = json.loads(json.dumps(serialise(record)))
        apply_content(model.objects.get(pk=record.pk), content)
        assert is_same_content(serialise(model.objects.get(pk=record.pk)), content)


def test_a_content_makes_an_equal_record() -> None:
    first = make_programme(
        "first", countries=list(Country.objects.all()[:3]), status="running", checked_on="2026-01-02"
    )
    first.links.create(url="https://example.org/", language="en")
    content = serialise(Programme.objects.get(pk=first.pk)) | {"slug": "second"}
    second = Programme()
    apply_content(second, content)
    assert is_same_content(serialise(second), content)


def test_what_a_content_does_not_name_stays() -> None:
    programme = Programme.objects.get(slug="rosettanet")
    before = serialise(programme)
    apply_content(programme, {"name": "Other"})
    assert is_same_content(serialise(Programme.objects.get(pk=programme.pk)), before | {"name": "Other"})


def test_what_is_gone_is_named() -> None:
    programme = make_programme()
    content = serialise(programme) | {"provider": [987_654, "Agency of yore"]}
    with pytest.raises(MissingReferenceError, match="“Agency of yore” is no longer there"):
        apply_content(programme, content)


def test_a_record_that_was_renamed_since_is_the_same_record() -> None:
    assert is_same_content({"provider": [5, "KOSGEB"]}, {"provider": [5, "Kosgeb"]})
    assert not is_same_content({"provider": [5, "KOSGEB"]}, {"provider": [6, "KOSGEB"]})
    assert is_same_content({"countries": [[1, "A"], [2, "B"]]}, {"countries": [[2, "B"], [1, "A"]]})


def test_two_references_are_not_taken_for_one() -> None:
    assert is_reference([1, "A"])
    assert not is_reference([[1, "A"], [2, "B"]])
    assert to_plain([[1, "A"], [2, "B"]]) == [1, 2]


def test_differences_are_said_as_a_person_reads_them() -> None:
    before = serialise(Programme.objects.get(slug="rosettanet"))
    after = before | {
        "status": "running",
        "countries": [[1, "Japan"], [2, "Mexico"]],
        "links": [{"kind": "official", "url": "https://example.org/", "title": "", "language": "en"}],
    }
    assert [str(change) for change in differences(Programme, before, after)] == [
        "countries: nothing → Japan; Mexico",
        "status: Not yet checked → Running",
        "links: nothing → Official page, https://example.org/, en",
    ]


def test_a_field_that_came_later_and_says_nothing_is_no_difference() -> None:
    assert differences(Programme, {"name": "A"}, {"name": "A", "links": [], "successor": None}) == []


def test_what_both_changed_differently_is_in_conflict() -> None:
    base, first = {"name": "A", "slug": "a", "status": "x"}, {"name": "B", "slug": "b", "status": "y"}
    assert conflicts(base, first, {"name": "C", "slug": "b", "status": "x"}, base) == ["name"]
