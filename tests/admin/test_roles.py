"""Who may do what in the admin: every action as every role, and as nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from gvc_catalogue.history.models import Version
from programmes.editing import workflow
from programmes.models import (
    Allowance,
    Classification,
    DraftClassification,
    DraftLink,
    Example,
    ExampleDraft,
    FormerSlug,
    Link,
    Organisation,
    Programme,
    ProgrammeDraft,
    RecommendationTopic,
    Source,
    Suggestion,
    Synonym,
    Term,
)
from recommendations.models import Category
from tests.factories import make_organisation, make_programme, make_source

pytestmark = pytest.mark.django_db

# Each may do what the one before may, and more.
ROLES = ["nobody", "reader", "curator", "publisher", "administrator"]
GROUPS = {"reader": "Readers", "curator": "Curators", "publisher": "Publishers", "administrator": "Administrators"}
# These are read and edited on the page of what they belong to; of allowances there is nothing to read, and the
# vocabulary has no page in the admin yet.
BELONGINGS = [FormerSlug, Link, DraftLink, Allowance, Term, Classification, DraftClassification, RecommendationTopic]
OURS = [
    model
    for app in ("recommendations", "programmes", "history")
    for model in apps.get_app_config(app).get_models()
    if model._meta.label != "history.Mention" and model not in BELONGINGS
]

EVERYTHING: list[type[Model]] = [*OURS, *BELONGINGS, User]


@pytest.fixture(autouse=True)
def records(db: None) -> None:
    """Of everything that curators handle there is one."""
    make_source()
    provider = make_organisation()
    ProgrammeDraft.objects.create(name="Fairs", slug="fairs", provider=provider)
    example = Example.objects.all()[0]
    workflow.begin(example, None)
    programme = first(Programme)
    Suggestion.objects.create(programme=programme, programme_name=programme.name, text="It ended.")
    workflow.delete(make_programme("gone"), None, "Twice.")


def client_of(role: str) -> Client:
    """Somebody signed in who has the role; nobody at all for "nobody"."""
    client = Client()
    if role != "nobody":
        user = User.objects.create_user(role, is_staff=True)
        user.groups.add(Group.objects.get(name=GROUPS[role]))
        client.force_login(user)
    return client


def address(record: Model, page: str) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def listed(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def allowed(response: Any) -> bool:
    """Whether the admin did not refuse: by 403, or by asking to sign in."""
    return response.status_code != 403 and not response.get("Location", "").startswith(reverse("admin:login"))


def get(path: Callable[[], str]) -> Callable[[Client], Any]:
    return lambda client: client.get(path())


def post(path: Callable[[], str], **data: str) -> Callable[[Client], Any]:
    return lambda client: client.post(path(), data)


def first(model: Any, **lookups: Any) -> Any:
    return model._default_manager.filter(**lookups).order_by("pk")[0]


def on(model: Any, page: str, **lookups: Any) -> Callable[[], str]:
    return lambda: address(first(model, **lookups), page)


def added(model: type[Model]) -> Callable[[], str]:
    return lambda: reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


# What is done, and the least role that may do it.
ACTIONS: dict[str, tuple[Callable[[Client], Any], str]] = {
    "read a programme": (get(on(Programme, "change")), "reader"),
    "read the history of a programme": (get(on(Programme, "history")), "reader"),
    "read a draft": (get(on(ProgrammeDraft, "change")), "reader"),
    "review a draft": (get(on(ProgrammeDraft, "review")), "reader"),
    "preview a draft": (get(on(ProgrammeDraft, "preview")), "reader"),
    "read a version": (get(on(Version, "change")), "reader"),
    "begin a change of a programme": (post(on(Programme, "draft")), "curator"),
    "begin a change of an example": (post(on(Example, "draft")), "curator"),
    "draft a programme": (get(added(ProgrammeDraft)), "curator"),
    "send a new draft": (post(added(ProgrammeDraft)), "curator"),
    "change a draft": (post(on(ProgrammeDraft, "change"), name="Fairs"), "curator"),
    "hand in a draft": (post(on(ProgrammeDraft, "review"), _submit="1", edits="0"), "curator"),
    "delete a draft": (post(on(ProgrammeDraft, "delete"), post="yes"), "curator"),
    "restore what was deleted": (post(on(Version, "change", action="deleted")), "curator"),
    "read a suggestion": (get(on(Suggestion, "change")), "reader"),
    "take a suggestion": (post(on(Suggestion, "change"), _take="1", answer="Yes."), "curator"),
    "refuse a suggestion": (post(on(Suggestion, "change"), _refuse="1", answer="No."), "curator"),
    "add a document": (get(added(Source)), "curator"),
    "change an organisation": (post(on(Organisation, "change")), "publisher"),
    "add a synonym": (get(added(Synonym)), "curator"),
    "publish a draft": (post(on(ProgrammeDraft, "review"), _publish="1", edits="0"), "publisher"),
    "send a draft back": (post(on(ProgrammeDraft, "review"), _send_back="1", edits="0", note="Why?"), "publisher"),
    "publish the draft of an example": (post(on(ExampleDraft, "review"), _publish="1", edits="0"), "publisher"),
    "withdraw a programme": (post(on(Programme, "withdraw"), reason="Because."), "publisher"),
    "withdraw an example": (post(on(Example, "withdraw"), reason=""), "publisher"),
    "delete a programme": (post(on(Programme, "delete"), post="yes", reason=""), "publisher"),
    "delete a synonym": (post(on(Synonym, "delete"), post="yes", reason="Because."), "publisher"),
    "change a category": (post(on(Category, "change")), "administrator"),
    "delete a category": (post(on(Category, "delete"), post="yes", reason="Because."), "administrator"),
    "add a user": (get(lambda: reverse("admin:auth_user_add")), "administrator"),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_role_may_do_what_it_is_for_and_nothing_else(role: str, action: str) -> None:
    do, least = ACTIONS[action]
    assert allowed(do(client_of(role))) == (ROLES.index(role) >= ROLES.index(least))


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_refused_is_not_done(action: str) -> None:
    do, least = ACTIONS[action]
    client = client_of(ROLES[ROLES.index(least) - 1])
    before = everything()
    do(client)
    assert everything() == before


def everything() -> list[Any]:
    """All that is stored, but for who is signed in."""
    return [list(model._default_manager.order_by("pk").values()) for model in EVERYTHING]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
@pytest.mark.parametrize("role", ROLES)
def test_every_list_is_read_by_every_role_but_nobody(role: str, model: type[Model]) -> None:
    assert allowed(client_of(role).get(listed(model))) == (role != "nobody")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_every_record_can_be_opened_by_an_administrator(model: type[Model]) -> None:
    for record in model._default_manager.order_by("pk")[:1]:
        for page in ("change", "history"):
            assert (
                client_of("administrator" if page == "change" else "reader").get(address(record, page)).status_code
                == 200
            )


def test_every_model_has_its_pages() -> None:
    assert [model for model in OURS if not admin.site.is_registered(model)] == []


def test_who_is_not_staff_is_refused_whatever_group_they_are_in() -> None:
    user = User.objects.create_user("somebody")
    user.groups.set(Group.objects.all())
    client = Client()
    client.force_login(user)
    assert not any(allowed(do(client)) for do, _ in ACTIONS.values())
    assert "not authorized" in client.get(reverse("admin:login")).content.decode()


def test_suggestions_of_the_forms_are_for_those_who_may_view(client: Client) -> None:
    asked = {"app_label": "programmes", "model_name": "exampledraft", "field_name": "programmes", "term": "tata"}
    assert client.get(reverse("admin:autocomplete"), asked).status_code == 302
    client.force_login(User.objects.create_user("somebody", is_staff=True))
    assert client.get(reverse("admin:autocomplete"), asked).status_code == 403


def test_the_admin_bears_the_catalogues_name(client: Client) -> None:
    page = client.get(reverse("admin:login")).content.decode()
    assert "| GVC Policy Catalogue</title>" in page
    assert "css/admin.css" in page
