"""From a draft to a published record, and back: what readers see, what is kept, what is refused."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client

from gvc_catalogue.history.content import WorkflowError, is_same_content, serialise
from gvc_catalogue.history.models import Action, Version
from programmes.editing import workflow
from programmes.editing.workflow import OutdatedDraftError
from programmes.models import (
    Country,
    DraftClassification,
    Example,
    ExampleDraft,
    FormerSlug,
    Programme,
    ProgrammeDraft,
    State,
    Status,
)
from recommendations.models import Recommendation
from tests.factories import make_organisation, make_programme, make_source, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosettanet() -> Programme:
    return Programme.objects.get(slug="rosettanet")


def drafted(slug: str = "fairs", **fields: Any) -> ProgrammeDraft:
    fields = {"name": "Fairs", "provider": make_organisation()} | fields
    return ProgrammeDraft.objects.create(slug=slug, **fields)


def example_drafted(draft: ProgrammeDraft, text: str = "It holds fairs.") -> ExampleDraft:
    row = Recommendation.objects.get(number="2.2")
    return ExampleDraft.objects.create(
        programme_draft=draft, recommendation=row, position=50, text=text, source=make_source()
    )


def test_a_draft_becomes_a_programme_with_its_countries_links_and_quotations(client: Client, publisher: User) -> None:
    draft = drafted()
    draft.countries.add(Country.objects.get(code="JP"))
    draft.links.create(url="https://example.org/fairs", language="en")
    example_drafted(draft)
    assert client.get("/programmes/fairs/").status_code == 404
    version = workflow.publish(draft, publisher)
    programme = Programme.objects.get(slug="fairs")
    assert [link.url for link in programme.links.all()] == ["https://example.org/fairs"]
    assert [example.text for example in programme.examples.all()] == ["It holds fairs."]
    assert (version.action, version.before, version.by) == (Action.ADDED, None, publisher)
    assert not ProgrammeDraft.objects.exists()
    assert not ExampleDraft.objects.exists()
    assert client.get("/programmes.json?q=%22holds+fairs%22&country=JP").json()["count"] == 1


def test_a_published_record_changes_only_with_a_reason(rosettanet: Programme, publisher: User) -> None:
    draft = workflow.begin(rosettanet, publisher)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="RosettaNet standards")
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.submit(draft)
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.publish(draft, publisher)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(why="Its own name.")
    version = workflow.publish(draft, publisher)
    rosettanet.refresh_from_db()
    assert rosettanet.name == "RosettaNet standards"
    assert [str(change) for change in version.changes] == ["name: RosettaNet → RosettaNet standards"]
    assert version.reason == "Its own name."


def test_a_change_beside_a_published_record_is_begun_once_and_shows_nowhere(
    client: Client, rosettanet: Programme, publisher: User
) -> None:
    draft = workflow.begin(rosettanet, publisher)
    assert workflow.begin(rosettanet, publisher) == draft
    before = client.get("/programmes/rosettanet/").content
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="Xyzzy")
    assert client.get("/programmes/rosettanet/").content == before
    assert client.get("/programmes.json?q=%22xyzzy%22").json()["count"] == 0


def test_a_draft_of_what_has_changed_since_is_not_published_over_it(rosettanet: Programme, publisher: User) -> None:
    draft = workflow.begin(rosettanet, publisher)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="Mine", why="Because.")
    Programme.objects.filter(pk=rosettanet.pk).update(status=Status.RUNNING, checked_on="2026-11-01")
    with pytest.raises(OutdatedDraftError):
        workflow.publish(draft, publisher)
    workflow.catch_up(draft)
    workflow.publish(draft, publisher)
    rosettanet.refresh_from_db()
    assert (rosettanet.name, rosettanet.status) == ("Mine", Status.RUNNING)


def test_a_draft_begun_before_a_field_was_added_leaves_the_field_as_it_is(
    rosettanet: Programme, publisher: User
) -> None:
    draft = workflow.begin(rosettanet, publisher)
    base = {name: value for name, value in (draft.base or {}).items() if name != "classifications"}
    DraftClassification.objects.all().delete()
    ProgrammeDraft.objects.filter(pk=draft.pk).update(base=base, name="Rosetta Net", why="Two words.")
    term = make_term()
    rosettanet.classifications.create(term=term, words="standards")
    workflow.catch_up(draft)
    workflow.publish(draft, publisher)
    changed = Programme.objects.get(slug="rosettanet")
    assert changed.name == "Rosetta Net"
    assert changed.classifications.filter(term=term).exists()


def test_a_version_from_before_a_field_was_added_leaves_the_field_as_it_is(
    rosettanet: Programme, publisher: User
) -> None:
    rosettanet.classifications.create(term=make_term(), words="standards")
    before = serialise(rosettanet)
    old = {name: value for name, value in before.items() if name != "classifications"}
    version = Version.objects.note(
        rosettanet, None, old | {"name": "Rosetta"}, action=Action.CHANGED, reason="Once.", by=None
    )
    workflow.publish(workflow.restore(version, publisher), publisher)
    assert is_same_content(serialise(Programme.objects.get(slug="rosettanet")), before | {"name": "Rosetta"})


def test_what_is_published_twice_at_once_is_published_once(publisher: User) -> None:
    draft = drafted()
    workflow.publish(ProgrammeDraft.objects.get(pk=draft.pk), publisher)
    with pytest.raises(WorkflowError, match="published or deleted meanwhile"):
        workflow.publish(draft, publisher)
    assert Programme.objects.filter(slug="fairs").count() == 1


def test_what_was_withdrawn_is_nowhere_says_so_and_comes_back_whole(
    client: Client, rosettanet: Programme, publisher: User
) -> None:
    before, key = client.get("/programmes/rosettanet.json").json(), rosettanet.pk
    draft = workflow.withdraw(rosettanet, publisher, "It asked to be left out.")
    assert draft.state == State.WITHDRAWN
    assert client.get("/programmes/rosettanet/").status_code == 410
    assert client.get("/programmes.json?q=rosettanet").json()["count"] == 0
    with pytest.raises(WorkflowError, match="comes back"):
        workflow.publish(draft, publisher)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(why="It asked for it again.")
    version = workflow.publish(draft, publisher)
    assert version.action == Action.PUBLISHED_AGAIN
    assert Programme.objects.get(slug="rosettanet").pk == key
    assert client.get("/programmes/rosettanet.json").json() == before


def test_the_quotations_of_a_later_document_go_and_come_back_with_their_programme(publisher: User) -> None:
    draft = drafted()
    example_drafted(draft)
    workflow.publish(draft, publisher)
    withdrawn = workflow.withdraw(Programme.objects.get(slug="fairs"), publisher, "Not ours.")
    assert not Example.objects.filter(text="It holds fairs.").exists()
    ProgrammeDraft.objects.filter(pk=withdrawn.pk).update(why="Ours after all.")
    workflow.publish(withdrawn, publisher)
    assert Programme.objects.get(slug="fairs").examples.get().text == "It holds fairs."


def test_a_deleted_programme_is_restored_with_all_its_relations(publisher: User) -> None:
    programme = make_programme("fairs", countries=list(Country.objects.filter(code__in=["JP", "MX"])))
    programme.partners.add(make_organisation())
    programme.links.create(url="https://example.org/")
    programme.classifications.create(term=make_term(), words="small firms")
    FormerSlug.objects.create(slug="markets", programme=programme)
    before = serialise(programme)
    key = programme.pk
    version = workflow.delete(programme, publisher, "Twice.")
    assert not Programme.objects.filter(pk=key).exists()
    workflow.publish(workflow.restore(version, publisher), publisher)
    assert is_same_content(serialise(Programme.objects.get(pk=key)), before)
    assert FormerSlug.objects.get(slug="markets").current == programme


def test_an_old_version_is_restored_as_a_draft_that_says_why(rosettanet: Programme, publisher: User) -> None:
    draft = workflow.begin(rosettanet, publisher)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="Other", why="Because.")
    workflow.publish(draft, publisher)
    first = Version.objects.of(rosettanet).get()
    rosettanet.refresh_from_db()
    draft = workflow.begin(rosettanet, publisher)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="Third", why="Again.")
    workflow.publish(draft, publisher)
    restored = workflow.restore(first, publisher)
    assert (restored.content["name"], restored.why[:8]) == ("Other", "Restored")
    with pytest.raises(WorkflowError, match="already"):
        workflow.restore(first, publisher)


def test_a_programme_with_quotations_is_not_deleted(rosettanet: Programme, publisher: User) -> None:
    with pytest.raises(WorkflowError, match="quotations"):
        workflow.delete(rosettanet, publisher, "Because.")


@pytest.mark.parametrize("fields", [{"text": "Other words."}, {"source": "other"}])
def test_words_of_the_annex_are_changed_only_by_who_may(publisher: User, fields: dict[str, Any]) -> None:
    example = Example.objects.get(recommendation__number="2.1", position=1)
    draft = workflow.begin(example, publisher)
    fields = {"source": make_source()} if "source" in fields else fields
    ExampleDraft.objects.filter(pk=draft.pk).update(**fields, why="A misprint.")
    with pytest.raises(PermissionDenied):
        workflow.publish(draft, publisher)
    workflow.publish(draft, User.objects.create_superuser("administrator"))


def test_an_example_moves_to_another_row_without_that_permission_and_its_programme_tells(publisher: User) -> None:
    example = Example.objects.get(recommendation__number="2.5", position=1)
    draft = workflow.begin(example, publisher)
    row = Recommendation.objects.get(number="2.7")
    ExampleDraft.objects.filter(pk=draft.pk).update(recommendation=row, position=9, why="Read again.")
    workflow.publish(draft, publisher)
    programme = example.programmes.get()
    told = Version.objects.about("programmes.programme", programme.pk).get()
    assert [change.name for change in told.changes] == ["recommendation", "position"]
    assert str(told.changes[0]).startswith("recommendation: 2.5")


def test_a_draft_that_repeats_an_address_is_refused_in_words(publisher: User) -> None:
    with pytest.raises(WorkflowError, match="There is a programme with this address already"):
        workflow.publish(drafted("rosettanet"), publisher)


def test_nobody_takes_the_address_of_what_was_withdrawn(rosettanet: Programme, publisher: User) -> None:
    workflow.withdraw(rosettanet, publisher, "Because.")
    with pytest.raises(WorkflowError, match="withdrawn"):
        workflow.publish(drafted("rosettanet"), publisher)


def test_a_draft_without_a_change_is_not_published(rosettanet: Programme, publisher: User) -> None:
    draft = workflow.begin(rosettanet, publisher)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(why="Because.")
    with pytest.raises(WorkflowError, match="nothing to publish"):
        workflow.publish(draft, publisher)


def test_a_draft_is_sent_back_with_a_word(publisher: User) -> None:
    draft = drafted()
    workflow.submit(draft)
    with pytest.raises(WorkflowError):
        workflow.send_back(draft, " ")
    workflow.send_back(draft, "Which year?")
    draft.refresh_from_db()
    assert (draft.state, draft.note) == (State.DRAFT, "Which year?")


def test_a_link_that_would_run_as_script_is_not_published_however_it_came(publisher: User) -> None:
    draft = drafted()
    draft.links.create(url="javascript:alert(1)")
    with pytest.raises(WorkflowError, match="https://"):
        workflow.publish(draft, publisher)


def test_nobody_has_looked_up_a_programme_on_a_day_to_come(publisher: User) -> None:
    with pytest.raises(WorkflowError, match="still to come"):
        workflow.publish(drafted(status=Status.RUNNING, checked_on="2199-01-01"), publisher)


def test_a_provider_is_no_partner_of_itself(publisher: User) -> None:
    draft = drafted()
    draft.partners.add(draft.provider)
    with pytest.raises(WorkflowError, match="no partner of itself"):
        workflow.publish(draft, publisher)
