"""Who gets into the admin: staff, and of them those who have the permission; for every model and page."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from programmes.models import FormerSlug, Source

pytestmark = pytest.mark.django_db

OURS = [model for app in ("recommendations", "programmes") for model in apps.get_app_config(app).get_models()]
CURATED = [model for model in OURS if model is not FormerSlug]  # which is read on its programme's page
PAGES = ["changelist", "add", "change", "history", "delete"]

every_page = pytest.mark.parametrize("page", PAGES)
every_model = pytest.mark.parametrize("model", CURATED, ids=lambda model: model._meta.model_name)


@pytest.fixture(autouse=True)
def document(db: None) -> None:
    """Of every model there is a record; the catalogue itself quotes no other document yet."""
    Source.objects.create(title="Review", url="https://example.org/review", date="2010-01-01")


def address(model: type[Model], page: str) -> str:
    """The page of the model; of its first record where it is one record's."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=[] if page in ("changelist", "add") else [model._default_manager.all()[0].pk])


def signed_in(client: Client, *permissions: str, is_staff: bool = True) -> Client:
    user = User.objects.create_user("somebody", is_staff=is_staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def number_of_records() -> list[int]:
    return [model._default_manager.count() for model in OURS]


def test_every_model_has_its_pages() -> None:
    assert [model for model in CURATED if not admin.site.is_registered(model)] == []


@every_model
@every_page
def test_a_curator_with_all_permissions_opens_every_page(admin_client: Client, model: type[Model], page: str) -> None:
    assert admin_client.get(address(model, page)).status_code == 200


@every_model
@every_page
def test_who_is_not_signed_in_is_asked_to(client: Client, model: type[Model], page: str) -> None:
    before = number_of_records()
    for response in (client.get(address(model, page)), client.post(address(model, page), {"post": "yes"})):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))
    assert number_of_records() == before


@every_model
@every_page
def test_who_is_not_staff_is_refused(client: Client, model: type[Model], page: str) -> None:
    before = number_of_records()
    signed_in(client, *Permission.objects.values_list("codename", flat=True), is_staff=False)
    for response in (client.get(address(model, page)), client.post(address(model, page), {"post": "yes"})):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))
    assert "not authorized" in client.get(reverse("admin:login")).content.decode()
    assert number_of_records() == before


@every_model
@every_page
def test_staff_without_the_permission_are_refused(client: Client, model: type[Model], page: str) -> None:
    before = number_of_records()
    signed_in(client)
    assert client.get(address(model, page)).status_code == 403
    assert client.post(address(model, page), {"post": "yes"}).status_code == 403
    assert number_of_records() == before


@every_model
def test_who_may_view_can_read_but_neither_add_nor_change_nor_delete(client: Client, model: type[Model]) -> None:
    name = model._meta.model_name
    signed_in(client, f"view_{name}")
    assert client.get(address(model, "changelist")).status_code == 200
    assert client.get(address(model, "change")).status_code == 200
    assert client.post(address(model, "change"), {}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "delete"), {"post": "yes"}).status_code == 403


def test_suggestions_of_the_forms_are_for_those_who_may_view(client: Client) -> None:
    asked = {"app_label": "programmes", "model_name": "example", "field_name": "programmes", "term": "tata"}
    assert client.get(reverse("admin:autocomplete"), asked).status_code == 302
    assert signed_in(client, "view_example").get(reverse("admin:autocomplete"), asked).status_code == 403


def test_the_admin_bears_the_catalogues_name(client: Client) -> None:
    page = client.get(reverse("admin:login")).content.decode()
    assert "| GVC Policy Catalogue</title>" in page
    assert "css/admin.css" in page
