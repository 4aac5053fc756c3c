"""/admin/guide/: how curators work, for those who may sign in."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.pages.reading import read

GUIDE = "/admin/guide/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_user("somebody", is_staff=True))
    return client


def test_staff_read_the_guide_and_find_it_on_the_first_page(staff: Client) -> None:
    assert GUIDE in read(staff.get(reverse("admin:index")).content.decode()).links()
    whole = read(staff.get(GUIDE).content.decode())
    assert "A guide for curators" in whole.one("title").text
    for subject in ("draft", "review", "publish", "reason", "status", "import", "undo", "worklists", "restore"):
        assert subject in whole.text.lower()


def test_each_heading_of_the_guide_is_reached_from_its_list(staff: Client) -> None:
    whole = read(staff.get(GUIDE).content.decode())
    headings = [f"#{heading['id']}" for heading in whole.one(".guide").all("h2")]
    assert [link for link in whole.one(".guide").links() if link.startswith("#")] == headings


def test_every_page_that_the_guide_leads_to_is_there(staff: Client) -> None:
    for link in read(staff.get(GUIDE).content.decode()).one(".guide").links():
        if not link.startswith("#"):
            assert staff.get(link).status_code == 200


@pytest.mark.parametrize("signed_in", [False, True])
def test_nobody_else_reads_it(client: Client, signed_in: bool) -> None:
    if signed_in:
        client.force_login(User.objects.create_user("somebody"))
    assert client.get(GUIDE)["Location"].startswith(reverse("admin:login"))
