"""Curators take or refuse what readers suggest."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from programmes.editing import workflow
from programmes.models import Programme, ProgrammeDraft, Suggestion

pytestmark = pytest.mark.django_db
LIST = reverse("admin:programmes_suggestion_changelist")


@pytest.fixture
def suggestion(catalogue: None) -> Suggestion:
    programme = Programme.objects.get(slug="rosettanet")
    return Suggestion.objects.create(
        programme=programme,
        programme_name=programme.name,
        text="<b>It</b> is run by GS1.\nSince 2002.",
        evidence="https://example.org/gs1",
    )


@pytest.fixture
def curator(client: Client, db: None) -> Client:
    user = User.objects.create_user("curator", is_staff=True)
    user.groups.add(Group.objects.get(name="Curators"))
    client.force_login(user)
    return client


def page(suggestion: Suggestion) -> str:
    return reverse("admin:programmes_suggestion_change", args=[suggestion.pk])


def decide(client: Client, suggestion: Suggestion, button: str, word: str) -> Any:
    return client.post(page(suggestion), {button: "1", "answer": word}, follow=True)


def test_the_words_stand_beside_the_record_and_nothing_in_them_is_markup(
    curator: Client, suggestion: Suggestion
) -> None:
    whole = curator.get(page(suggestion)).content.decode()
    assert "&lt;b&gt;It&lt;/b&gt; is run by GS1." in whole
    assert 'href="https://example.org/gs1" rel="noopener noreferrer nofollow"' in whole
    example = suggestion.programme.examples.all()[0]
    assert example.text[:40] in whole


def test_the_open_ones_stand_first(curator: Client, suggestion: Suggestion) -> None:
    for state in ("taken", "refused"):
        Suggestion.objects.create(programme=suggestion.programme, programme_name="Later", text=state, state=state)
    listed = curator.get(LIST).context["cl"].result_list
    assert [one.state for one in listed] == ["open", "refused", "taken"]


def test_taking_one_opens_a_draft_of_its_programme(curator: Client, suggestion: Suggestion) -> None:
    done = decide(curator, suggestion, "_take", "Seen on their page.")
    draft = ProgrammeDraft.objects.get(key=suggestion.programme_id)
    assert done.redirect_chain[-1][0] == reverse("admin:programmes_programmedraft_change", args=[draft.pk])
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answer, str(suggestion.decided_by)) == (
        "taken",
        "Seen on their page.",
        "curator",
    )
    assert "Seen on their page." in curator.get(page(suggestion)).content.decode()


def test_taking_one_opens_the_draft_that_there_is(curator: Client, suggestion: Suggestion) -> None:
    draft = workflow.begin(suggestion.programme, None)
    decide(curator, suggestion, "_take", "Yes.")
    assert ProgrammeDraft.objects.get() == draft


def test_taking_one_opens_the_draft_of_what_was_withdrawn_since(curator: Client, suggestion: Suggestion) -> None:
    draft = workflow.withdraw(suggestion.programme, None, "It asked to be left out.")
    assert "is not published any more" in curator.get(page(suggestion)).content.decode()
    done = decide(curator, suggestion, "_take", "Yes.")
    assert done.redirect_chain[-1][0].endswith(f"/{draft.pk}/change/")


def test_one_of_a_programme_that_was_deleted_can_only_be_refused(curator: Client, suggestion: Suggestion) -> None:
    Programme.objects.filter(pk=suggestion.programme_id).delete()
    done = decide(curator, suggestion, "_take", "Yes.")
    assert "The programme was deleted" in done.content.decode()
    suggestion.refresh_from_db()
    assert suggestion.state == "open"
    decide(curator, suggestion, "_refuse", "It is gone.")
    suggestion.refresh_from_db()
    assert suggestion.state == "refused"


@pytest.mark.parametrize("button", ["_take", "_refuse"])
@pytest.mark.parametrize(("word", "sentence"), [(" ", "Say in a word why"), ("a" * 501, "Say it in 500 characters")])
def test_it_needs_a_word(curator: Client, suggestion: Suggestion, button: str, word: str, sentence: str) -> None:
    whole = decide(curator, suggestion, button, word).content.decode()
    assert sentence in whole
    assert f'value="{word}"' in whole
    suggestion.refresh_from_db()
    assert suggestion.state == "open"
    assert not ProgrammeDraft.objects.exists()


def test_of_two_curators_the_second_is_told(curator: Client, suggestion: Suggestion) -> None:
    decide(curator, suggestion, "_refuse", "No.")
    done = decide(curator, suggestion, "_take", "Yes.")
    assert "Somebody has decided on this suggestion meanwhile" in done.content.decode()
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answer) == ("refused", "No.")
    assert not ProgrammeDraft.objects.exists()


def test_a_reader_of_the_admin_has_no_buttons(client: Client, suggestion: Suggestion) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    user.groups.add(Group.objects.get(name="Readers"))
    client.force_login(user)
    assert "_refuse" not in client.get(page(suggestion)).content.decode()
    assert decide(client, suggestion, "_refuse", "No.").status_code == 403


@pytest.mark.parametrize("key", ["x", "99999999", "9" * 30, "-1"])
def test_what_is_not_there_is_not_found(curator: Client, key: str) -> None:
    assert curator.get(f"{LIST}{key}/change/").status_code == 404
