"""Curators run the check of quotations from the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from programmes.models import Example

pytestmark = pytest.mark.django_db

CHECK = reverse("admin_check")


def test_a_curator_reads_that_all_is_well(admin_client: Client) -> None:
    page = admin_client.get(CHECK).content.decode()
    assert "The catalogue says what the statement says." in page
    assert "Examples of the annex" in page


def test_a_word_that_differs_is_named(admin_client: Client) -> None:
    example = Example.objects.get(recommendation__number="2.1", position=1)
    Example.objects.filter(pk=example.pk).update(text=example.text.replace("Czech", "Check"))
    page = admin_client.get(CHECK).content.decode()
    assert "example 2.1-1" in page
    assert "Check" in page


def test_it_is_for_staff_alone(client: Client) -> None:
    assert client.get(CHECK).status_code == 302
    client.force_login(User.objects.create_user("somebody"))
    assert client.get(CHECK).status_code == 302
