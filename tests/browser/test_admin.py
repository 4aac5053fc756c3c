"""Curators work in a real browser: the scripts and styles of the admin keep within the content security policy."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from programmes.models import Programme

from .conftest import Visit


@pytest.fixture
def admin(visit: Visit) -> Iterator[Page]:
    """The admin's first page, signed in; nothing that Django writes into a page may offend against the policy."""
    offences: list[str] = []
    User.objects.create_superuser("curator", password="paper and ink")
    page = visit("/admin/")
    page.on("console", lambda said: offences.append(said.text) if "Content Security Policy" in said.text else None)
    page.reload()
    page.fill("[name=username]", "curator")
    page.fill("[name=password]", "paper and ink")
    page.click("[type=submit]")
    yield page
    assert offences == []


def choose(page: Page, field: str, words: str) -> None:
    """Type into a field that suggests, and take the first suggestion."""
    page.locator(f"{field} .select2-selection").click()
    page.locator(".select2-search__field:focus").press_sequentially(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def test_a_curator_adds_a_programme_with_an_example_and_sees_it_on_the_site(admin: Page) -> None:
    admin.goto(reverse("admin:programmes_programme_changelist") + "?_facets=True")
    admin.click(".object-tools .addlink")
    admin.locator("[name=name]").press_sequentially("Größe für Kleine")
    expect(admin.locator("[name=slug]")).to_have_value("grosse-fur-kleine")
    choose(admin, ".field-provider", "KOSGEB")
    admin.click("text=Add another Example")
    choose(admin, "#examples-0 .field-recommendation", "2.2")
    admin.fill("[name=examples-0-position]", "50")
    admin.fill("[name=examples-0-text]", "It lends small firms a hand.")
    admin.click("text=Save and continue editing")
    admin.click("text=View on site >> nth=0")
    expect(admin.locator("main")).to_contain_text("It lends small firms a hand.")


def test_a_curator_changes_an_example_on_the_page_of_its_recommendation(admin: Page) -> None:
    admin.goto(reverse("admin:recommendations_recommendation_changelist"))
    admin.click("#result_list >> text=2.1")
    choose(admin, "#examples-0 .field-programmes", "RosettaNet")
    admin.click("[name=_save]")
    expect(admin.locator(".success")).to_be_visible()
    assert "2.1" in Programme.objects.get(slug="rosettanet").examples.values_list("recommendation__number", flat=True)
