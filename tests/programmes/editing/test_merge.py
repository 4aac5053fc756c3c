"""Two programmes or two providers become one, and nothing is lost; and two again when the merge is undone."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from gvc_catalogue.history.content import WorkflowError, is_same_content, serialise
from gvc_catalogue.history.models import Action, Version
from programmes.editing import merge, workflow
from programmes.models import (
    Country,
    Example,
    ExampleDraft,
    FormerSlug,
    Organisation,
    Programme,
    ProgrammeDraft,
    Status,
    Suggestion,
)
from recommendations.models import Recommendation
from tests.factories import make_example, make_organisation, make_programme, make_source, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Programme, Programme]:
    """Two programmes; all that a programme can have belongs to the second."""
    places = {country.code: country for country in Country.objects.filter(code__in=["JP", "MX"])}
    stays = make_programme("stays", countries=[places["JP"]])
    goes = make_programme("goes", countries=[places["JP"], places["MX"]], status=Status.ENDED, checked_on="2020-05-01")
    stays.links.create(url="https://example.org/both")
    for url in ("https://example.org/both", "https://example.org/second"):
        goes.links.create(url=url, language="en")
    both, second = make_term("both"), make_term("second")
    stays.classifications.create(term=both, words="of the one")
    for term in (both, second):
        goes.classifications.create(term=term, words="of the other", confidence="medium")
    goes.partners.add(make_organisation("Partner"))
    make_example("2.2", goes, source=make_source(), text="It holds fairs.")
    make_example("2.2", goes, stays, source=make_source(), text="Both hold fairs.")
    FormerSlug.objects.create(slug="went", programme=goes)
    Suggestion.objects.create(programme=goes, programme_name="Goes", text="It ended.")
    make_programme("earlier", successor=goes)
    return stays, goes


def everything() -> list[Any]:
    """All that the catalogue says, as plain data."""
    return [
        *[(p.pk, p.slug, serialise(p)) for p in Programme.objects.order_by("pk")],
        *[(e.pk, e.key, serialise(e)) for e in Example.objects.order_by("pk")],
        *[(o.pk, serialise(o)) for o in Organisation.objects.order_by("pk")],
        *Suggestion.objects.values_list("pk", "programme_id"),
    ]


def test_all_that_belonged_to_the_one_that_goes_belongs_to_the_one_that_stays(
    two: tuple[Programme, Programme], publisher: User, client: Client
) -> None:
    stays, goes = two
    key = goes.pk
    version = merge.merge_programmes(stays, goes, publisher, "One programme.")
    stays = Programme.objects.get(pk=stays.pk)
    assert {country.code for country in stays.countries.all()} == {"JP", "MX"}
    assert [link.url for link in stays.links.all()] == ["https://example.org/both", "https://example.org/second"]
    assert [(c.term.key, c.words) for c in stays.classifications.all()] == [
        ("both", "of the one"),
        ("second", "of the other"),
    ]
    assert [partner.name for partner in stays.partners.all()] == ["Partner"]
    assert (stays.slug, stays.status, str(stays.checked_on)) == ("stays", Status.ENDED, "2020-05-01")
    assert [e.text for e in stays.examples.all()] == ["It holds fairs.", "Both hold fairs."]
    assert Programme.objects.get(slug="earlier").successor == stays
    assert Suggestion.objects.get().programme == stays
    for address in ("goes", "went"):
        assert client.get(f"/programmes/{address}/")["Location"] == "/programmes/stays/"
    assert (version.action, version.key, version.reason, version.by) == (
        Action.MERGED,
        key,
        "One programme.",
        publisher,
    )
    assert client.get("/programmes.json?q=%22holds+fairs%22").json()["results"][0]["slug"] == "stays"


def test_a_merge_is_undone_to_the_last_word(two: tuple[Programme, Programme], publisher: User, client: Client) -> None:
    before = everything()
    version = merge.merge_programmes(*two, publisher, "One programme.")
    assert everything() != before
    merge.undo(version, publisher)
    assert [one[:-1] for one in everything()] == [one[:-1] for one in before]
    assert all(is_same_content({"": a[-1]}, {"": b[-1]}) for a, b in zip(everything(), before, strict=True))
    assert client.get("/programmes/goes/").status_code == 200
    assert client.get("/programmes/went/")["Location"] == "/programmes/goes/"


def test_a_merge_after_which_something_changed_is_not_undone(two: tuple[Programme, Programme], publisher: User) -> None:
    stays, goes = two
    version = merge.merge_programmes(stays, goes, publisher, "One programme.")
    Programme.objects.filter(pk=stays.pk).update(name="Other", sort_name="other")
    with pytest.raises(WorkflowError, match="has changed since"):
        merge.undo(version, publisher)
    assert not Programme.objects.filter(slug="goes").exists()


def test_drafts_that_refer_to_it_refer_to_the_one_that_stays(two: tuple[Programme, Programme], publisher: User) -> None:
    stays, goes = two
    draft = ProgrammeDraft.objects.create(slug="d", name="D", provider=make_organisation(), successor=goes)
    row = Recommendation.objects.get(number="2.2")
    example = ExampleDraft.objects.create(recommendation=row, position=70, text="Words.", source=make_source())
    example.programmes.add(goes)
    merge.merge_programmes(stays, goes, publisher, "One programme.")
    draft.refresh_from_db()
    assert draft.successor == stays
    assert list(example.programmes.all()) == [stays]


@pytest.mark.parametrize("which", [0, 1])
def test_what_somebody_is_at_is_not_merged(two: tuple[Programme, Programme], publisher: User, which: int) -> None:
    workflow.begin(two[which], publisher)
    before = everything()
    with pytest.raises(WorkflowError, match="There is a draft"):
        merge.merge_programmes(*two, publisher, "One programme.")
    assert everything() == before


def test_a_merge_wants_a_reason_and_two_records(two: tuple[Programme, Programme], publisher: User) -> None:
    with pytest.raises(WorkflowError, match="Say why"):
        merge.merge_programmes(*two, publisher, " ")
    with pytest.raises(WorkflowError, match="one and the same"):
        merge.merge_programmes(two[0], two[0], publisher, "Twice.")
    assert not Version.objects.exists()


def test_a_successor_that_is_merged_into_its_predecessor_leaves_no_circle(publisher: User) -> None:
    goes = make_programme("goes")
    stays = make_programme("stays", successor=goes)
    merge.merge_programmes(stays, goes, publisher, "One programme.")
    stays.refresh_from_db()
    assert stays.successor is None


def test_the_programmes_of_a_provider_that_goes_have_the_one_that_stays(publisher: User) -> None:
    stays, goes = make_organisation("Stays"), make_organisation("Goes")
    programme, other = make_programme("a", provider=goes), make_programme("b", provider=stays)
    other.partners.add(goes)
    draft = ProgrammeDraft.objects.create(slug="d", name="D", provider=goes)
    before = everything()
    version = merge.merge_organisations(stays, goes, publisher, "One agency.")
    programme.refresh_from_db()
    draft.refresh_from_db()
    assert (programme.provider, draft.provider, list(other.partners.all())) == (stays, stays, [stays])
    assert not Organisation.objects.filter(name="Goes").exists()
    assert {one.key for one in Version.objects.filter(action=Action.CHANGED)} == {programme.pk, other.pk}
    merge.undo(version, publisher)
    assert everything() == before


def test_two_are_chosen_in_the_list_looked_at_and_merged(
    client: Client, two: tuple[Programme, Programme], publisher: User
) -> None:
    client.force_login(publisher)
    stays, goes = two
    listed = reverse("admin:programmes_programme_changelist")
    chosen = {"action": "merge_selected", "_selected_action": [stays.pk, goes.pk]}
    address = client.post(listed, chosen)["Location"]
    page = client.get(f"{address}&stays={goes.pk}").content.decode()
    assert page.index("goes (stays)") < page.index("stays (goes)")
    page = client.get(address).content.decode()
    assert "https://example.org/second" in page
    assert "Say why" in client.post(address, {"reason": ""}).content.decode()
    assert client.post(address, {"reason": "One programme."}).status_code == 302
    version = Version.objects.get(action=Action.MERGED)
    history = reverse("admin:history_version_change", args=[version.pk])
    assert client.post(history, {"restore": "yes"}).status_code == 302
    assert Programme.objects.filter(slug="goes").exists()


def test_one_or_three_are_not_merged(client: Client, publisher: User) -> None:
    client.force_login(publisher)
    listed = reverse("admin:programmes_programme_changelist")
    for number in (1, 3):
        keys = list(Programme.objects.values_list("pk", flat=True)[:number])
        answer = client.post(listed, {"action": "merge_selected", "_selected_action": keys}, follow=True)
        assert "Choose two" in answer.content.decode()
    merge = reverse("admin:programmes_programme_merge")
    for query in ("", "?one=1", "?one=x&other=y", f"?one={10**30}&other=2", f"?one={keys[0]}&other={keys[0]}"):
        assert client.get(f"{merge}{query}").status_code == 302


@pytest.mark.parametrize("role", ["Readers", "Curators"])
@pytest.mark.parametrize("model", ["programme", "organisation"])
def test_only_publishers_merge(client: Client, role: str, model: str) -> None:
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    assert "merge_selected" not in client.get(reverse(f"admin:programmes_{model}_changelist")).content.decode()
    keys = list((Programme if model == "programme" else Organisation).objects.values_list("pk", flat=True)[:2])
    merge = f"{reverse(f'admin:programmes_{model}_merge')}?one={keys[0]}&other={keys[1]}"
    assert client.get(merge).status_code == client.post(merge, {"reason": "Because."}).status_code == 403
