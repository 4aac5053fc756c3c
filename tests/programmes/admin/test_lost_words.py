"""A quotation changes, and words that justify terms go with it: publishing asks first, and keeps the terms."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gvc_catalogue.history.models import Version
from programmes.models import Example, ExampleDraft, Programme
from tests.admin_forms import filled
from tests.factories import make_example, make_programme, make_source, make_term
from tests.programmes.admin.test_drafts import page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher() -> Client:
    return signed_in("paul", "Publishers")


@pytest.fixture
def fairs(db: None) -> Programme:
    """A programme with two terms by words of its only quotation."""
    programme = make_programme("shows", name="Shows")
    make_example("2.2", programme, text="It holds fairs for small firms.", source=make_source())
    programme.classifications.create(term=make_term("fairs", label="Fairs"), words="holds fairs")
    programme.classifications.create(term=make_term("firms", label="Firms"), words="small firms")
    return programme


def asked(publisher: Client, programme: Programme, text: str) -> Any:
    """What answers a publisher who publishes other words for the quotation."""
    example = programme.examples.get(text__startswith="It")
    publisher.post(reverse("admin:programmes_example_draft", args=[example.pk]))
    draft = ExampleDraft.objects.get(key=example.pk)
    data = filled(publisher, page(draft, "change")) | {"text": text, "why": "Misread.", "_publish": "1"}
    return publisher.post(page(draft, "change"), data)


def question(draft: ExampleDraft, *agreed: int) -> dict[str, Any]:
    return {"_publish": "1", "edits": draft.edits, "agreed": agreed}


def words(programme: Programme) -> dict[str, str]:
    return dict(programme.classifications.values_list("term__key", "words"))


def test_words_that_go_are_named_and_nothing_is_published_before_the_answer(
    publisher: Client, fairs: Programme
) -> None:
    answer = asked(publisher, fairs, "It organises shows for small firms.")
    draft = ExampleDraft.objects.get()
    assert answer["Location"] == page(draft, "words")
    shown = publisher.get(answer["Location"]).content.decode()
    assert "<td>Fairs</td><td><del>holds fairs</del></td>" in shown
    assert "small firms</del>" not in shown
    assert draft.text == "It organises shows for small firms."
    assert (fairs.examples.get().text, words(fairs)["fairs"]) == ("It holds fairs for small firms.", "holds fairs")


def test_once_agreed_the_term_stays_without_words_and_the_history_says_so(
    publisher: Client, client: Client, fairs: Programme
) -> None:
    asked(publisher, fairs, "It organises shows for small firms.")
    draft = ExampleDraft.objects.get()
    term = fairs.classifications.get(term__key="fairs")
    publisher.post(page(draft, "words"), question(draft, term.pk))
    assert fairs.examples.get().text == "It organises shows for small firms."
    assert words(fairs) == {"fairs": "", "firms": "small firms"}
    assert "chosen by a curator" in client.get("/programmes/shows/").content.decode()
    assert Version.objects.of(fairs).get().reason == "Misread."


def test_what_was_not_agreed_to_is_asked_again(publisher: Client, fairs: Programme) -> None:
    asked(publisher, fairs, "It organises shows.")
    draft = ExampleDraft.objects.get()
    only = fairs.classifications.get(term__key="fairs").pk
    for agreed in ([], [only], ["x"]):
        answer = publisher.post(page(draft, "words"), question(draft, *agreed))
        assert answer["Location"] == page(draft, "words")
    assert words(fairs) == {"fairs": "holds fairs", "firms": "small firms"}


def test_a_list_of_drafts_publishes_none_that_must_be_asked_about(publisher: Client, fairs: Programme) -> None:
    asked(publisher, fairs, "It organises shows.")
    chosen = {"action": "publish_selected", "_selected_action": [ExampleDraft.objects.get().pk]}
    said = publisher.post(reverse("admin:programmes_exampledraft_changelist"), chosen, follow=True).content.decode()
    assert "“Fairs” of “Shows” by “holds fairs”" in said
    assert ExampleDraft.objects.exists()


@pytest.mark.parametrize("other", [False, True])
def test_nothing_is_asked_while_a_quotation_has_the_words(publisher: Client, fairs: Programme, other: bool) -> None:
    if other:
        make_example("2.2", fairs, text="Who holds fairs? Who helps small firms?", source=make_source())
    asked(publisher, fairs, "It shows." if other else "It holds fairs, for small firms.")
    assert not ExampleDraft.objects.exists()
    assert words(fairs) == {"fairs": "holds fairs", "firms": "small firms"}


def test_a_quotation_that_leaves_a_programme_takes_its_words_along(publisher: Client, fairs: Programme) -> None:
    other = make_programme("other")
    example = Example.objects.get(programmes=fairs)
    publisher.post(reverse("admin:programmes_example_draft", args=[example.pk]))
    draft = ExampleDraft.objects.get()
    data = filled(publisher, page(draft, "change")) | {"programmes": [other.pk], "why": "Theirs.", "_publish": "1"}
    assert publisher.post(page(draft, "change"), data)["Location"] == page(draft, "words")


def test_a_curator_is_not_asked_as_a_curator_does_not_publish(publisher: Client, fairs: Programme) -> None:
    asked(publisher, fairs, "It organises shows.")
    draft = ExampleDraft.objects.get()
    curator = signed_in("carla", "Curators")
    assert curator.get(page(draft, "words")).status_code == 403
    assert curator.post(page(draft, "words"), question(draft)).status_code == 403
