"""The status of a programme: what curators may say of it, and the keys of former releases."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.test import Client
from django.utils import timezone

from gvc_catalogue.history.content import apply_content, is_same_content, serialise
from gvc_catalogue.history.models import Action, Version
from programmes.editing import workflow
from programmes.models import Link, Programme, ProgrammeDraft, Status
from programmes.models.status import is_partial_date, with_status
from tests.factories import make_programme

pytestmark = pytest.mark.django_db
NEXT = timezone.localdate().year + 1


@pytest.mark.parametrize("text", ["1945", "2016", "2016-11", "2016-11-30", "2024-02-29", str(NEXT)])
def test_a_date_may_lack_its_day_and_its_month(text: str) -> None:
    is_partial_date(text)


@pytest.mark.parametrize(
    "text", ["", "16", "2016-13", "2016-02-30", "2016-1", "2016-11-30T00", "May 2016", "２０１６", "1944", "0000"]
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError, match=r"write (one from )?\d{4}|is no date"):
        is_partial_date(text)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"status": "unknown", "certainty": "stated"}, "“Fate unknown” says nothing that could be certain"),
        ({"status": "not-yet-checked", "certainty": "inferred"}, "“Not yet checked” says nothing"),
        ({"certainty": "probable"}, "not a valid choice"),
        ({"as_of": 1066}, "1066 is no year of a programme: write one from 1945"),
        ({"until": NEXT + 1}, f"{NEXT + 1} is no year of a programme"),
        ({"evidence": "javascript:alert(1)"}, "A link begins with https://"),
        ({"evidence": "ftp://example.org/"}, "A link begins with https://"),
        ({"evidence": "https://example.org/a<b"}, "This address has a character that no page links to"),
        ({"evidence_date": "2016-31-12"}, "“2016-31-12” is no date"),
    ],
)
def test_a_status_that_contradicts_itself_is_refused_with_a_sentence(wrong: dict[str, Any], said: str) -> None:
    programme = make_programme("fairs", **({"status": "running", "checked_on": "2026-11-25"} | wrong))
    programme.refresh_from_db()
    with pytest.raises(ValidationError, match=said):
        programme.full_clean()


def test_the_date_of_a_link_is_of_the_same_kind() -> None:
    link = Link(programme=make_programme("fairs"), url="https://example.org/", evidence_date="2016-13")
    with pytest.raises(ValidationError, match="is no date"):
        link.full_clean()


def test_a_former_key_is_read_as_the_present_one_wherever_it_comes_from() -> None:
    programme = make_programme("fairs", status="not-found", checked_on="2026-11-25")
    assert set(Programme.objects.filter(status="not-found").values_list("status", flat=True)) == {Status.UNKNOWN}
    form = modelform_factory(ProgrammeDraft, fields=["status", "checked_on"])(
        {"status": "not-found", "checked_on": "2026-11-25"}
    )
    assert not form.errors
    assert form.cleaned_data["status"] == Status.UNKNOWN
    apply_content(programme, {"status": "not-found"})
    programme.refresh_from_db()
    assert programme.status == Status.UNKNOWN
    assert serialise(programme)["status"] == Status.UNKNOWN


def test_a_list_and_its_data_accept_the_former_key(client: Client) -> None:
    found = client.get("/programmes.json", {"status": ["not-found", "unknown"]}).json()
    assert found["query"]["status"] == ["unknown"]
    assert found == client.get("/programmes.json?status=unknown").json()
    assert client.get("/programmes.json?status=-not-found").json()["query"]["excluded"] == {"status": ["unknown"]}
    assert client.get("/programmes/?status=not-found&country=moon").status_code == 200


def test_a_version_and_a_draft_of_a_release_before_have_the_former_key(publisher: User) -> None:
    programme = make_programme("fairs", status="unknown", checked_on="2026-11-25")
    stored = serialise(programme) | {"status": "not-found"}
    version = Version.objects.note(programme, {**stored, "status": "ended"}, stored, action=Action.CHANGED)
    version.refresh_from_db()
    assert [str(change) for change in version.changes] == ["status: Ended → Fate unknown"]
    assert is_same_content(version.after, serialise(programme))
    draft = workflow.begin(programme, publisher)
    looked_up = {"why": "Looked up.", "status": "running", "as_of": 2024}
    ProgrammeDraft.objects.filter(pk=draft.pk).update(base=stored, **looked_up)
    assert workflow.publish(draft, publisher).changes


def test_another_status_has_no_details_of_the_former_one() -> None:
    details: dict[str, Any] = {
        "status": "running",
        "certainty": "stated",
        "as_of": 2024,
        "evidence": "https://example.org/",
    }
    content = serialise(make_programme("fairs", checked_on="2026-11-25", **details))
    assert with_status(content, "running") == content
    ended = with_status(content, "ended")
    assert [ended[name] for name in details] == ["ended", "", None, ""]
