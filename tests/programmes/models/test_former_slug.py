"""An address once published answers for ever."""

import pytest
from django.test import Client

from programmes.models import Programme
from tests.factories import make_programme

pytestmark = pytest.mark.django_db


def rename(slug: str, new: str) -> None:
    programme = Programme.objects.get(slug=slug)
    programme.slug = new
    programme.save()


def leads_to(client: Client, slug: str) -> str:
    """Where a programme's old address leads: page and data alike, at once and for good."""
    page, data = client.get(f"/programmes/{slug}/"), client.get(f"/programmes/{slug}.json")
    assert (page.status_code, data.status_code) == (301, 301)
    assert data["Location"] == page["Location"].removesuffix("/") + ".json"
    return page["Location"]


def test_an_old_address_leads_to_the_new_one(client: Client) -> None:
    make_programme("a")
    rename("a", "b")
    assert leads_to(client, "a") == "/programmes/b/"
    assert client.get("/programmes/b.json").status_code == 200


def test_after_several_renamings_each_old_address_leads_to_the_last(client: Client) -> None:
    make_programme("a")
    rename("a", "b")
    rename("b", "c")
    assert leads_to(client, "a") == leads_to(client, "b") == "/programmes/c/"


def test_an_address_taken_back_is_the_programmes_own_again(client: Client) -> None:
    make_programme("a")
    rename("a", "b")
    rename("b", "a")
    assert client.get("/programmes/a.json").status_code == 200
    assert leads_to(client, "b") == "/programmes/a/"


def test_a_new_programme_may_take_an_address_that_was_given_up(client: Client) -> None:
    make_programme("a", name="Old")
    rename("a", "b")
    make_programme("a", name="New")
    assert client.get("/programmes/a.json").json()["name"] == "New"
    assert client.get("/programmes/b.json").json()["name"] == "Old"
    Programme.objects.get(slug="a").delete()
    assert client.get("/programmes/a.json").status_code == 404


def test_two_programmes_may_change_addresses(client: Client) -> None:
    make_programme("a", name="First")
    make_programme("b", name="Second")
    rename("a", "between")
    rename("b", "a")
    rename("between", "b")
    assert client.get("/programmes/a.json").json()["name"] == "Second"
    assert client.get("/programmes/b.json").json()["name"] == "First"
    assert leads_to(client, "between") == "/programmes/b/"


def test_one_object_saved_twice_remembers_both_addresses(client: Client) -> None:
    programme = make_programme("a")
    for slug in ("b", "c"):
        programme.slug = slug
        programme.save()
    assert leads_to(client, "b") == "/programmes/c/"
    assert leads_to(client, "a") == "/programmes/c/"


def test_an_address_that_never_was_is_not_found(client: Client) -> None:
    assert client.get("/programmes/never/").status_code == client.get("/programmes/never.json").status_code == 404
