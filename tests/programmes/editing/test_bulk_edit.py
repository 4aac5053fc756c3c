"""Curators change many programmes alike: what it makes of each is shown first, and then all change or none."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from gvc_catalogue.history.models import Version
from programmes.editing import workflow
from programmes.models import Country, Programme, ProgrammeDraft, State, Status
from tests.factories import make_organisation, make_programme

pytestmark = pytest.mark.django_db

EDIT = {"status": "ended", "checked_on": "2026-01-31", "reason": "Looked up."}


def signed_in(client: Client, role: str) -> User:
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return user


def page(client: Client, *programmes: Programme) -> str:
    """The page that choosing these in the list leads to."""
    chosen = {"action": "edit_selected", "_selected_action": [p.pk for p in programmes]}
    return str(client.post(reverse("admin:programmes_programme_changelist"), chosen)["Location"])


def test_what_changes_is_shown_word_by_word_and_nothing_is_written(client: Client) -> None:
    signed_in(client, "Publishers")
    both = make_programme("a"), make_programme("b", countries=[Country.objects.get(code="JP")])
    places = {"add_country": Country.objects.get(code="MX").pk, "remove_country": Country.objects.get(code="JP").pk}
    shown = client.post(page(client, *both), EDIT | places).content.decode()
    assert shown.count("<ins>Ended</ins>") == 2
    assert shown.count("<ins>Mexico</ins>") == 2
    assert shown.count("<del>Japan</del>") == 1
    assert not Version.objects.exists()
    assert not ProgrammeDraft.objects.exists()


def test_a_publisher_publishes_all_with_one_reason(client: Client) -> None:
    user = signed_in(client, "Publishers")
    both, agency = (make_programme("a"), make_programme("b")), make_organisation("Agency of all")
    answer = client.post(page(client, *both), EDIT | {"provider": agency.name, "_publish": "yes"})
    assert answer.status_code == 302
    for programme in both:
        programme.refresh_from_db()
        assert (programme.status, str(programme.checked_on)) == (Status.ENDED, "2026-01-31")
        assert (programme.checked_by, programme.provider) == (user, agency)
    assert {version.reason for version in Version.objects.all()} == {"Looked up."}
    assert Version.objects.count() == 2


def test_a_curator_drafts_all_for_review(client: Client) -> None:
    signed_in(client, "Curators")
    both = make_programme("a"), make_programme("b")
    client.post(page(client, *both), EDIT | {"_publish": "yes"})
    assert not Version.objects.exists()
    client.post(page(client, *both), EDIT | {"_draft": "yes"})
    assert [draft.state for draft in ProgrammeDraft.objects.all()] == [State.IN_REVIEW, State.IN_REVIEW]
    assert set(Programme.objects.filter(slug__in="ab").values_list("status", flat=True)) == {Status.NOT_YET_CHECKED}


def test_all_change_or_none(client: Client) -> None:
    user = signed_in(client, "Publishers")
    both = make_programme("a"), make_programme("b")
    workflow.begin(both[1], user)
    said = client.post(page(client, *both), EDIT | {"_publish": "yes"}).content.decode()
    assert "There is a draft that changes “Programme b”" in said
    assert not Version.objects.exists()
    assert ProgrammeDraft.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": ""}, "Say why"),
        ({"checked_on": ""}, "Say when it was looked up"),
        ({"status": "", "checked_on": ""}, "Nothing would change."),
        ({"provider": "Nobody"}, "There is no organisation called “Nobody”."),
        ({"status": "gone"}, "Select a valid choice"),
    ],
)
@pytest.mark.parametrize("button", ["_publish", "_draft"])
def test_what_cannot_be_done_is_said(client: Client, typed: dict[str, str], sentence: str, button: str) -> None:
    signed_in(client, "Publishers")
    said = client.post(page(client, make_programme("a")), EDIT | typed | {button: "yes"}).content.decode()
    assert sentence in said
    assert not Version.objects.exists()
    assert not ProgrammeDraft.objects.exists()


def test_readers_change_nothing(client: Client) -> None:
    signed_in(client, "Readers")
    programme = make_programme("a")
    address = f"{reverse('admin:programmes_programme_bulk')}?keys={programme.pk}"
    assert client.get(address).status_code == client.post(address, EDIT | {"_draft": "yes"}).status_code == 403
    assert "edit_selected" not in client.get(reverse("admin:programmes_programme_changelist")).content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"status": "ended", "checked_on": ""}, "Say when it was looked up"),
        ({"add_country": "JP", "remove_country": "JP"}, "The same country is to be added and removed."),
        ({"status": "", "checked_on": ""}, "Nothing can be done so"),
    ],
)
def test_what_contradicts_itself_or_changes_nothing_has_no_button(
    client: Client, asked: dict[str, str], sentence: str
) -> None:
    signed_in(client, "Publishers")
    keys = {name: str(Country.objects.get(code=value).pk) for name, value in asked.items() if "country" in name}
    shown = client.post(page(client, make_programme("a")), EDIT | asked | keys).content.decode()
    assert sentence in shown
    assert "Draft all" not in shown


def test_nothing_chosen_leads_back_to_the_list(client: Client) -> None:
    signed_in(client, "Publishers")
    said = client.get(reverse("admin:programmes_programme_bulk") + "?keys=", follow=True).content.decode()
    assert "Choose programmes in the list" in said
