"""A curator drafts, a publisher reviews: the workbench in the admin, page by page."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connections
from django.test import Client
from django.urls import reverse

from gvc_catalogue.history.content import WorkflowError
from gvc_catalogue.history.models import Version
from programmes.editing import workflow
from programmes.models import Country, Example, ExampleDraft, Organisation, Programme, ProgrammeDraft, State
from recommendations.models import Recommendation
from tests.admin_forms import errors, filled
from tests.factories import make_organisation, make_source

pytestmark = pytest.mark.django_db


def signed_in(name: str, group: str) -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def curator() -> Client:
    return signed_in("carla", "Curators")


@pytest.fixture
def publisher() -> Client:
    return signed_in("paul", "Publishers")


def page(record: Any, action: str) -> str:
    return reverse(f"admin:programmes_{record._meta.model_name}_{action}", args=[record.pk])


ADD = reverse("admin:programmes_programmedraft_add")


def written(client: Client, **more: Any) -> dict[str, Any]:
    """The form of a new programme, filled in."""
    provider = Organisation.objects.get(name="KOSGEB")
    return filled(client, ADD) | {"name": "Fairs", "slug": "fairs", "provider": provider.pk} | more


def begun(client: Client, slug: str = "rosettanet") -> ProgrammeDraft:
    """The change beside a published programme, begun by a click."""
    response = client.post(reverse("admin:programmes_programme_draft", args=[Programme.objects.get(slug=slug).pk]))
    draft = ProgrammeDraft.objects.get(slug=slug)
    assert response["Location"] == page(draft, "change")
    return draft


def quotation(**more: Any) -> dict[str, Any]:
    row = Recommendation.objects.get(number="2.2")
    fields = {"recommendation": row.pk, "position": 50, "text": "It holds fairs.", **more}
    counted = {"exampledrafts-TOTAL_FORMS": 1, "exampledrafts-INITIAL_FORMS": 0}
    return counted | {f"exampledrafts-0-{name}": value for name, value in fields.items()}


def link(url: str) -> dict[str, Any]:
    return {"links-TOTAL_FORMS": 1, "links-INITIAL_FORMS": 0, "links-0-kind": "official", "links-0-url": url}


def test_a_curator_hands_in_a_programme_and_a_publisher_publishes_it(curator: Client, publisher: Client) -> None:
    data = written(curator, **quotation(source=make_source().pk), **link("https://example.org/fairs"), _submit="1")
    response = curator.post(ADD, data)
    assert response.status_code == 302, errors(response)
    draft = ProgrammeDraft.objects.get(slug="fairs")
    assert (draft.state, draft.author) == (State.IN_REVIEW, User.objects.get(username="carla"))
    review = publisher.get(page(draft, "review"))
    assert "<ins>Fairs</ins>" in review.content.decode()
    assert "<ins>It holds fairs.</ins>" in review.content.decode()
    publisher.post(page(draft, "review"), {"_publish": "1", "edits": draft.edits})
    programme = Programme.objects.get(slug="fairs")
    assert programme.examples.get().text == "It holds fairs."
    assert programme.links.get().url == "https://example.org/fairs"
    assert publisher.get("/programmes/fairs/").status_code == 200


def test_a_typo_is_mended_by_a_click_a_word_and_a_reason(publisher: Client) -> None:
    draft = begun(publisher)
    data = filled(publisher, page(draft, "change")) | {"name": "Rosetta Net", "_publish": "1"}
    assert "Say why" in publisher.post(page(draft, "change"), data, follow=True).content.decode()
    data = filled(publisher, page(draft, "change")) | {"why": "Two words.", "_publish": "1"}
    assert publisher.post(page(draft, "change"), data).status_code == 302
    assert Programme.objects.get(slug="rosettanet").name == "Rosetta Net"
    told = publisher.get(page(Programme.objects.get(slug="rosettanet"), "history")).content.decode()
    assert "Two words." in told
    assert "<ins>Rosetta Net</ins>" in told


def test_a_curator_publishes_nothing_by_whatever_button(curator: Client) -> None:
    curator.post(ADD, written(curator, _publish="1"))
    draft = ProgrammeDraft.objects.get(slug="fairs")
    assert curator.post(page(draft, "review"), {"_publish": "1", "edits": draft.edits}).status_code == 403
    chosen = {"action": "publish_selected", "_selected_action": [draft.pk]}
    curator.post(reverse("admin:programmes_programmedraft_changelist"), chosen)
    assert not Programme.objects.filter(slug="fairs").exists()


def test_a_publisher_publishes_only_what_they_looked_at(curator: Client, publisher: Client) -> None:
    curator.post(ADD, written(curator, _submit="1"))
    draft = ProgrammeDraft.objects.get(slug="fairs")
    data = filled(curator, page(draft, "change")) | {"name": "Other"}
    curator.post(page(draft, "change"), data)
    answer = publisher.post(page(draft, "review"), {"_publish": "1", "edits": draft.edits}, follow=True)
    assert "Somebody saved the draft after you opened this page" in answer.content.decode()
    assert not Programme.objects.filter(slug="fairs").exists()


def test_a_publisher_sends_a_draft_back_with_a_note_that_its_curator_reads(curator: Client, publisher: Client) -> None:
    curator.post(ADD, written(curator, _submit="1"))
    draft = ProgrammeDraft.objects.get(slug="fairs")
    publisher.post(page(draft, "review"), {"_send_back": "1", "edits": draft.edits, "note": "Which year?"})
    assert "Which year?" in curator.get(page(draft, "change")).content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_preview_is_the_page_of_the_site_for_those_who_may(curator: Client, client: Client) -> None:
    draft = begun(curator)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="Rosetta Net")
    shown = curator.get(page(draft, "preview")).content.decode()
    assert "<h1>Rosetta Net</h1>" in shown
    assert "This is a preview of a draft" in shown
    assert client.get(page(draft, "preview")).status_code == 302
    assert "Rosetta Net" not in client.get("/programmes/rosettanet/").content.decode()


def test_the_preview_of_an_example_shows_it_in_its_place(curator: Client) -> None:
    example = Example.objects.filter(programmes__slug="rosettanet").first()
    assert example
    curator.post(reverse("admin:programmes_example_draft", args=[example.pk]))
    draft = ExampleDraft.objects.get(key=example.pk)
    ExampleDraft.objects.filter(pk=draft.pk).update(placed_by_inference=True, reason="Read from the order.")
    assert "Read from the order." in curator.get(page(draft, "preview")).content.decode()


def test_words_of_the_annex_are_read_only_in_the_form_but_for_who_may(curator: Client, admin_client: Client) -> None:
    example = Example.objects.get(recommendation__number="2.1", position=1)
    curator.post(reverse("admin:programmes_example_draft", args=[example.pk]))
    draft = ExampleDraft.objects.get(key=example.pk)
    assert "text" not in filled(curator, page(draft, "change"))
    curator.post(page(draft, "change"), filled(curator, page(draft, "change")) | {"text": "Other words."})
    draft.refresh_from_db()
    assert draft.text == example.text
    assert "text" in filled(admin_client, page(draft, "change"))


def test_a_curator_quotes_another_document_not_the_annex(curator: Client) -> None:
    response = curator.post(ADD, written(curator, **quotation()))
    assert "Say which document it quotes" in " ".join(errors(response))


def test_what_is_withdrawn_says_so_and_is_published_again(publisher: Client, client: Client) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    address = page(programme, "withdraw")
    assert "Say why" in publisher.post(address, {"reason": " "}).content.decode()
    publisher.post(address, {"reason": "It asked for it."})
    gone = client.get("/programmes/rosettanet/")
    assert (gone.status_code, "It asked for it." in gone.content.decode()) == (410, True)
    draft = ProgrammeDraft.objects.get(slug="rosettanet")
    data = filled(publisher, page(draft, "change")) | {"why": "It asked for it again.", "_publish": "1"}
    publisher.post(page(draft, "change"), data)
    assert client.get("/programmes/rosettanet/").status_code == 200


def test_before_a_draft_is_deleted_its_curator_reads_what_goes_and_nothing_of_tables(curator: Client) -> None:
    draft = begun(curator, "strategic-it-use-by-smes")
    assert draft.countries.exists()
    shown = curator.get(page(draft, "delete")).content.decode()
    assert str(draft) in shown
    assert "relationship" not in shown
    assert "_countries object" not in shown


def test_a_withdrawn_record_is_deleted_by_publishers_alone(curator: Client, publisher: Client) -> None:
    publisher.post(page(Programme.objects.get(slug="rosettanet"), "withdraw"), {"reason": "It asked for it."})
    draft = ProgrammeDraft.objects.get(slug="rosettanet")
    assert curator.post(page(draft, "delete"), {"post": "yes"}).status_code == 403
    assert publisher.post(page(draft, "delete"), {"post": "yes"}).status_code == 302


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_a_withdrawn_record_that_is_handed_in_is_still_deleted_by_publishers_alone(
    curator: Client, publisher: Client, state: State
) -> None:
    publisher.post(page(Programme.objects.get(slug="rosettanet"), "withdraw"), {"reason": "It asked for it."})
    draft = ProgrammeDraft.objects.get(slug="rosettanet")
    for button in ["_submit", "_continue"][: 1 if state == State.IN_REVIEW else 2]:
        data = filled(curator, page(draft, "change")) | {"why": "It asked again.", button: "1"}
        assert curator.post(page(draft, "change"), data).status_code == 302
    draft.refresh_from_db()
    assert draft.state == state
    assert curator.post(page(draft, "delete"), {"post": "yes"}).status_code == 403
    assert ProgrammeDraft.objects.filter(pk=draft.pk).exists()
    assert publisher.post(page(draft, "delete"), {"post": "yes"}).status_code == 302


def test_quotations_withdrawn_with_their_programme_are_deleted_by_publishers_alone(
    curator: Client, publisher: Client
) -> None:
    publisher.post(ADD, written(publisher, **quotation(source=make_source().pk), _publish="1"))
    publisher.post(page(Programme.objects.get(slug="fairs"), "withdraw"), {"reason": "It asked for it."})
    draft = ProgrammeDraft.objects.get(slug="fairs")
    example = draft.exampledrafts.get()
    data = filled(curator, page(draft, "change")) | {"exampledrafts-0-DELETE": "on"}
    curator.post(page(draft, "change"), data)
    assert curator.post(page(example, "delete"), {"post": "yes"}).status_code == 403
    assert draft.exampledrafts.exists()
    data = filled(publisher, page(draft, "change")) | {"exampledrafts-0-DELETE": "on"}
    publisher.post(page(draft, "change"), data)
    assert not draft.exampledrafts.exists()


def test_a_curator_deletes_a_draft_beside_a_published_record_and_a_new_one(curator: Client) -> None:
    curator.post(ADD, written(curator))
    for draft in (begun(curator), ProgrammeDraft.objects.get(slug="fairs")):
        assert curator.post(page(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not ProgrammeDraft.objects.exists()


@pytest.mark.parametrize("key", ["abc", "1.5", "%00", "9" * 30])
def test_an_address_that_names_no_record_is_not_found(publisher: Client, key: str) -> None:
    pages = ["programme/{}/withdraw/", "example/{}/history/", "programmedraft/{}/review/", "exampledraft/{}/preview/"]
    for path in (*pages, "organisation/{}/history/", "receipt/{}/change/"):
        assert publisher.get(f"/admin/programmes/{path.format(key)}").status_code == 404, path


def test_an_address_that_fills_a_form_with_nonsense_fills_it_with_nothing(curator: Client) -> None:
    for asked in ("partners=zz", "provider=zz&countries=zz,1", "successor=%00", "provider=1"):
        assert curator.get(f"{ADD}?{asked}").status_code == 200
    assert curator.get(reverse("admin:programmes_exampledraft_add") + "?programmes=zz&source=zz").status_code == 200


def test_words_of_the_annex_are_not_withdrawn_and_the_publisher_is_told_why(publisher: Client) -> None:
    example = Example.objects.get(recommendation__number="2.1", position=1)
    for action in ("withdraw", "delete"):
        said = publisher.post(page(example, action), {"post": "yes", "reason": "Because."}, follow=True)
        assert "Words of the annex are protected" in said.content.decode()
    assert Example.objects.filter(pk=example.pk).exists()


def test_an_old_version_is_restored_from_the_history(publisher: Client) -> None:
    draft = begun(publisher)
    data = filled(publisher, page(draft, "change")) | {"name": "Wrong", "why": "Because.", "_publish": "1"}
    publisher.post(page(draft, "change"), data)
    version = Version.objects.get()
    response = publisher.post(reverse("admin:history_version_change", args=[version.pk]), {"earlier": ""})
    draft = ProgrammeDraft.objects.get(slug="rosettanet")
    assert response["Location"] == page(draft, "review")
    publisher.post(page(draft, "review"), {"_publish": "1", "edits": draft.edits})
    assert Programme.objects.get(slug="rosettanet").name == "RosettaNet"


def test_the_list_of_changes_names_kinds_in_words_and_is_narrowed_by_them(publisher: Client) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    publisher.post(page(programme, "withdraw"), {"reason": "Ended."})
    versions = reverse("admin:history_version_changelist")
    assert "programmes.programme<" not in publisher.get(versions).content.decode()
    there = publisher.get(versions, {"kind": "programmes.programme"}).content.decode()
    assert "Withdrawn" in there
    assert ">Programme</td>" in there
    assert ">Programme</td>" not in publisher.get(versions, {"kind": "programmes.organisation"}).content.decode()


def test_a_version_is_not_restored_over_a_draft_that_somebody_works_at(publisher: Client) -> None:
    test_a_typo_is_mended_by_a_click_a_word_and_a_reason(publisher)
    begun(publisher)
    address = reverse("admin:history_version_change", args=[Version.objects.get().pk])
    assert "publish or delete it first" in publisher.post(address, follow=True).content.decode()


def test_a_programme_is_deleted_with_a_reason_and_restored_from_the_list_of_changes(publisher: Client) -> None:
    publisher.post(ADD, written(publisher, _publish="1"))
    programme = Programme.objects.get(slug="fairs")
    publisher.post(page(programme, "delete"), {"post": "yes", "reason": ""})
    assert Programme.objects.filter(slug="fairs").exists()
    publisher.post(page(programme, "delete"), {"post": "yes", "reason": "Twice."})
    assert not Programme.objects.filter(slug="fairs").exists()
    version = Version.objects.get(action="deleted")
    publisher.post(reverse("admin:history_version_change", args=[version.pk]))
    draft = ProgrammeDraft.objects.get(slug="fairs")
    publisher.post(page(draft, "review"), {"_publish": "1", "edits": draft.edits})
    assert Programme.objects.get(slug="fairs").pk == programme.pk


def test_deleting_what_has_quotations_says_which_and_deletes_nothing(publisher: Client) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    assert "1.1-8: RosettaNet" in publisher.get(page(programme, "delete")).content.decode()
    publisher.post(page(programme, "delete"), {"post": "yes", "reason": "Because."})
    assert Programme.objects.filter(slug="rosettanet").exists()


def test_who_saves_second_reads_who_changed_the_record_by_the_audit_log(publisher: Client) -> None:
    second, other = signed_in("second", "Publishers"), signed_in("petra", "Publishers")
    kosgeb = Organisation.objects.get(name="KOSGEB")
    mine = filled(second, page(kosgeb, "change")) | {"name": "Mine", "reason": "Because."}
    data = filled(publisher, page(kosgeb, "change")) | {"name": "Other", "reason": "Because."}
    publisher.post(page(kosgeb, "change"), data)
    version = Version.objects.of(kosgeb).get()
    publisher.post(
        page(kosgeb, "change"), filled(publisher, page(kosgeb, "change")) | {"name": "Third", "reason": "Oh."}
    )
    # Restoring a version is not in Django's log.
    other.post(reverse("admin:history_version_change", args=[version.pk]))
    assert Organisation.objects.get(pk=kosgeb.pk).name == "Other"
    said = " ".join(errors(second.post(page(kosgeb, "change"), mine)))
    assert "petra saved this while you were at it" in said


def test_who_saves_second_reads_who_took_over_what_had_changed(curator: Client, publisher: Client) -> None:
    draft = begun(curator)
    curator.post(page(draft, "change"), filled(curator, page(draft, "change")) | {"name": "First", "_continue": "1"})
    mine = filled(curator, page(draft, "change")) | {"name": "Mine", "_continue": "1"}
    Programme.objects.filter(slug="rosettanet").update(slug="rosetta-net")
    draft.refresh_from_db()
    publisher.post(page(draft, "review"), {"_catch_up": "1", "edits": draft.edits})
    said = " ".join(errors(curator.post(page(draft, "change"), mine)))
    assert "paul saved this while you were at it" in said


def test_who_saves_second_sees_what_the_first_changed_and_nothing_is_lost(curator: Client, publisher: Client) -> None:
    draft = begun(curator)
    draft.links.create(url="https://example.org/")
    first, second = filled(curator, page(draft, "change")), filled(publisher, page(draft, "change"))
    japan = str(Country.objects.get(code="JP").pk)
    first |= {"name": "First", "countries": [japan], "links-0-title": "Its page", "_continue": "1"}
    assert curator.post(page(draft, "change"), first).status_code == 302
    second |= {"name": "Second", "slug": "second", "_continue": "1"}
    answer = publisher.post(page(draft, "change"), second)
    said = " ".join(errors(answer))
    assert "carla saved this while you were at it" in said
    assert "name: “RosettaNet” became “First”; yours differs, and stands in the form." in said
    assert "Japan”, and stands so in the form." in said
    draft.refresh_from_db()
    assert (draft.name, draft.slug) == ("First", "rosettanet")
    again = read_form(answer)
    assert again["name"] == ["Second"]
    assert again["countries"] == [japan]
    assert again["links-0-title"] == ["Its page"]
    assert publisher.post(page(draft, "change"), again | {"_continue": "1"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.slug, draft.countries.get().code) == ("Second", "second", "JP")
    assert draft.links.get().title == "Its page"


def test_a_form_that_does_not_tell_what_it_was_filled_from_is_not_saved(curator: Client) -> None:
    draft = begun(curator)
    data = filled(curator, page(draft, "change")) | {"name": "Blind", "_seen": "{"}
    assert "cannot be told any more" in " ".join(errors(curator.post(page(draft, "change"), data)))


def test_a_draft_that_is_outdated_takes_over_what_changed(curator: Client, publisher: Client) -> None:
    draft = begun(curator)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(name="Mine", why="Because.")
    Programme.objects.filter(slug="rosettanet").update(status="running", checked_on="2026-11-01")
    shown = publisher.get(page(draft, "review")).content.decode()
    assert "has changed since this draft was begun" in shown
    publisher.post(page(draft, "review"), {"_publish": "1", "edits": draft.edits})
    assert Programme.objects.get(slug="rosettanet").name == "RosettaNet"
    publisher.post(page(draft, "review"), {"_catch_up": "1", "edits": draft.edits})
    draft.refresh_from_db()
    publisher.post(page(draft, "review"), {"_publish": "1", "edits": draft.edits})
    assert Programme.objects.get(name="Mine").status == "running"


def test_many_drafts_are_published_at_once_and_those_that_cannot_be_are_named(publisher: Client) -> None:
    for slug in ("fairs", "markets", "rosettanet"):
        provider = Organisation.objects.get(name="KOSGEB")
        ProgrammeDraft.objects.create(name=slug, slug=slug, provider=provider)
    chosen = {
        "action": "publish_selected",
        "_selected_action": list(ProgrammeDraft.objects.values_list("pk", flat=True)),
    }
    said = publisher.post(reverse("admin:programmes_programmedraft_changelist"), chosen, follow=True).content.decode()
    assert "“rosettanet”: There is a programme with this address already." in said
    assert "2 of 3 published." in said


def test_a_change_of_an_organisation_asks_why_and_can_be_taken_back(publisher: Client) -> None:
    kosgeb = Organisation.objects.get(name="KOSGEB")
    data = filled(publisher, page(kosgeb, "change")) | {"name": "Kosgeb"}
    assert "Say why" in " ".join(errors(publisher.post(page(kosgeb, "change"), data)))
    assert publisher.post(page(kosgeb, "change"), data | {"reason": "As it writes itself."}).status_code == 302
    version = Version.objects.get()
    assert (str(version.changes[0]), version.reason) == ("name: KOSGEB → Kosgeb", "As it writes itself.")
    publisher.post(reverse("admin:history_version_change", args=[version.pk]), {"earlier": ""})
    assert Organisation.objects.get(pk=kosgeb.pk).name == "KOSGEB"


def read_form(response: Any) -> dict[str, Any]:
    """The form of an answer, as a browser would send it again."""

    class Answered:
        def get(self, address: str) -> Any:
            return response

    return filled(Answered(), "")  # type: ignore[arg-type]


def test_the_workflow_leaves_no_trace_of_what_was_refused(curator: Client) -> None:
    draft = begun(curator)
    with pytest.raises(WorkflowError):
        workflow.publish(draft, User.objects.get(username="carla"))
    assert not Version.objects.exists()


def test_a_country_or_partner_that_programmes_name_is_not_deleted_and_they_are_named(publisher: Client) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    programme.partners.add(partner := make_organisation())
    for record, named in ((Country.objects.get(code="JP"), "Global Fund for SMEs"), (partner, "RosettaNet")):
        assert named in publisher.get(page(record, "delete")).content.decode()
        publisher.post(page(record, "delete"), {"post": "yes", "reason": "Because."})
        assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told_of_the_other(catalogue: None) -> None:
    clients = [signed_in("carla", "Curators"), signed_in("paul", "Curators")]
    draft = begun(clients[0])
    forms = [filled(client, page(draft, "change")) for client in clients]
    together = Barrier(2)

    def save(i: int) -> int:
        together.wait()
        try:
            return clients[i].post(page(draft, "change"), forms[i] | {"name": f"Name {i}"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, range(2)))
    assert sorted(answers) == [200, 302]
    draft.refresh_from_db()
    assert draft.name == f"Name {answers.index(302)}"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_the_same_moment_one_publishes(catalogue: None) -> None:
    draft = ProgrammeDraft.objects.create(name="Fairs", slug="fairs", provider=Organisation.objects.all()[0])
    together = Barrier(2)

    def publish(i: int) -> str:
        together.wait()
        try:
            return str(workflow.publish(draft, None))
        except WorkflowError as refused:
            return str(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(publish, range(2)))
    assert answers[0] == "Added: Fairs"
    assert "published or deleted meanwhile" in answers[1]
    assert Version.objects.count() == 1


def test_what_cannot_be_restored_any_more_is_said(publisher: Client) -> None:
    kosgeb = Organisation.objects.get(name="KOSGEB")
    data = filled(publisher, page(kosgeb, "change")) | {"name": "Other", "reason": "Because."}
    publisher.post(page(kosgeb, "change"), data)
    make_organisation("KOSGEB")
    address = reverse("admin:history_version_change", args=[Version.objects.get().pk])
    assert "another record has its name" in publisher.post(address, {"earlier": ""}, follow=True).content.decode()
