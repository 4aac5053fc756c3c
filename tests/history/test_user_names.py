"""User names that outlive their users: what curators still see, what readers never see, and how a name is erased."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gvc_catalogue.history.content import apply_content, serialise
from gvc_catalogue.history.models import Action, Version
from gvc_catalogue.history.user_names import anonymise, keeping_fields
from programmes.models import Programme, ProgrammeDraft, Receipt, Suggestion, SuggestionState
from tests.factories import make_organisation, make_programme

pytestmark = pytest.mark.django_db

NAME = "carla.zqxw"


@pytest.fixture
def carla(db: None) -> User:
    """A curator who left a record of each kind."""
    user = User.objects.create_user(NAME, is_staff=True)
    programme = make_programme("fairs", name="Fairs", checked_by=user, checked_on=timezone.localdate())
    before = serialise(programme)
    Version.objects.note(programme, before, before | {"name": "Fair"}, action=Action.CHANGED, reason="Why.", by=user)
    draft = {"slug": "d", "name": "D", "provider": make_organisation(), "checked_by": user, "base": before}
    ProgrammeDraft.objects.create(author=user, **draft)
    Receipt.objects.create(file_name="a.csv", digest="0" * 64, by=user, undone_by=user, undone_at=timezone.now())
    decided = {"state": SuggestionState.TAKEN, "decided_by": user, "decided_at": timezone.now()}
    Suggestion.objects.create(programme=programme, programme_name="Fairs", text="It ended.", **decided)
    return user


def kept() -> list[str]:
    """The columns that hold the name."""
    columns = [(field.model, f"{field.name}_name") for field in keeping_fields()]
    return [
        f"{model.__name__}.{name}" for model, name in columns if model._base_manager.filter(**{name: NAME}).exists()
    ]


def pages() -> list[str]:
    """The pages of curators that tell who did something."""
    found = [reverse("admin:programmes_programme_change", args=[Programme.objects.get(slug="fairs").pk])]
    found += [reverse("admin:programmes_programme_history", args=[Programme.objects.get(slug="fairs").pk])]
    for model in (Version, Receipt, Suggestion):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[model._default_manager.all()[0].pk])]
    found += [reverse("admin:programmes_programmedraft_changelist")]
    draft = ProgrammeDraft.objects.get(slug="d")
    return [*found, reverse("admin:programmes_programmedraft_change", args=[draft.pk])]


def everything() -> str:
    """All rows of all tables of records, as text."""
    stored = {field.model for field in keeping_fields()} | {LogEntry}
    return "\n".join(str(list(model._base_manager.values())) for model in stored)


def test_every_reference_to_a_user_keeps_the_name() -> None:
    relations = [one for one in User._meta.get_fields(include_hidden=True) if one.one_to_many or one.one_to_one]
    lost = [one for one in relations if one.on_delete is models.SET_NULL]  # type: ignore[union-attr]
    assert lost == []
    assert len(list(keeping_fields())) == 8


def test_curators_see_who_did_what_after_the_user_is_deleted(carla: User, admin_client: Client) -> None:
    assert [page for page in pages() if NAME not in admin_client.get(page).content.decode()] == []
    carla.delete()
    assert len(kept()) == 7
    assert [page for page in pages() if NAME not in admin_client.get(page).content.decode()] == []


def test_names_of_several_users_deleted_at_once_are_kept_apart(carla: User) -> None:
    other = User.objects.create_user("otto")
    Receipt.objects.create(file_name="b.csv", digest="0" * 64, by=other, undone_by=carla)
    User.objects.filter(pk__in=[carla.pk, other.pk]).delete()
    found = Receipt.objects.order_by("file_name")
    assert [(one.by, one.importer, one.undoer) for one in found] == [(None, NAME, NAME), (None, "otto", NAME)]


def test_readers_never_see_a_name(carla: User, client: Client) -> None:
    carla.delete()
    addresses = ["/programmes/fairs/", "/programmes/fairs/history/", "/changes/", "/feeds/changes.atom", "/about/data/"]
    addresses += [
        "/programmes.json?q=fairs",
        "/programmes.csv?q=fairs",
        "/programmes/fairs.json",
        "/api/v1/openapi.json",
    ]
    for address in addresses:
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert NAME not in content.decode(), address
        assert b"_by_name" not in content, address


def test_a_content_is_restored_although_who_looked_it_up_is_deleted(carla: User) -> None:
    programme = Programme.objects.get(slug="fairs")
    content = serialise(programme)
    carla.delete()
    apply_content(programme, content)
    assert Programme.objects.get(slug="fairs").checked_by is None


def test_the_confirmation_says_what_is_concerned(carla: User, admin_client: Client) -> None:
    page = admin_client.get(reverse("admin:auth_user_delete", args=[carla.pk])).content.decode()
    for said in ("1 versions (by)", "1 imports (by)", "1 drafts of programmes (author)", "1 programmes (checked by)"):
        assert said in page
    assert "Make inactive instead" in page


def test_a_user_is_made_inactive_instead(carla: User, admin_client: Client) -> None:
    admin_client.post(reverse("admin:auth_user_delete", args=[carla.pk]), {"inactive": "1"})
    carla.refresh_from_db()
    assert not carla.is_active
    assert kept() == []


def test_an_administrator_erases_the_name_of_a_deleted_user(carla: User, admin_client: Client) -> None:
    page = reverse("admin:auth_user_anonymise")
    assert page in admin_client.get(reverse("admin:auth_user_changelist")).content.decode()
    refused = admin_client.post(page, {"name": NAME})
    assert "A user has this name" in refused.content.decode()
    admin_client.post(reverse("admin:auth_user_delete", args=[carla.pk]), {"post": "yes"})
    assert NAME in everything()
    assert admin_client.post(page, {"name": NAME}).status_code == 302
    assert NAME not in everything()
    assert NAME not in json.dumps([version.before for version in Version.objects.all()])


@pytest.mark.parametrize("group", ["Readers", "Curators", "Publishers"])
def test_nobody_else_erases_a_name(carla: User, client: Client, group: str) -> None:
    user: Any = User.objects.create_user("other", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    carla.delete()
    assert client.post(reverse("admin:auth_user_anonymise"), {"name": NAME}).status_code == 403
    assert kept()


@pytest.mark.parametrize("name", ["", "a\x00b", "x" * 151, "nobody"])
def test_any_name_gets_an_answer(admin_client: Client, name: str) -> None:
    assert admin_client.post(reverse("admin:auth_user_anonymise"), {"name": name}).status_code in (200, 302)
    assert anonymise("nobody") == 0
