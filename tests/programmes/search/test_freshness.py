"""A change that is committed shows in the next request of any process."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import CharField, Model, TextField
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gvc_catalogue.search_index.sync import refresh, revision
from programmes.editing import workflow
from programmes.models import Country, Example, Organisation, Programme, Synonym
from programmes.search import index_document
from programmes.search.list_query import ListQuery
from programmes.search.search import find
from recommendations.models import Category, Recommendation
from tests import reference
from tests.admin_forms import filled
from tests.factories import make_many_programmes, make_programme
from tests.processes import environment, server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue", "index")]

Elsewhere = Callable[..., list[str]]


@pytest.fixture
def index(catalogue: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of this test's own, for processes that it starts as well."""
    settings.INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(index_document.INDEX, "_served", None)
    for name, value in environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """What the production server answers, in processes of its own: each time twice, so mostly by both."""
    with server() as address:

        def slugs(**asked: Any) -> list[str]:
            found = {tuple(one(f"{address}/programmes.json?{urlencode(asked, doseq=True)}")) for _ in range(4)}
            assert len(found) == 1
            return list(found.pop())

        def one(url: str) -> list[str]:
            with urlopen(url) as response:  # noqa: S310 (an address of our own)
                return [result["slug"] for result in json.load(response)["results"]]

        yield slugs


def test_any_change_shows_in_the_next_request_of_another_process(elsewhere: Elsewhere) -> None:
    assert elsewhere(q="zebra") == []
    make_programme("striped", name="Zebra crossing")
    assert elsewhere(q="zebra") == ["striped"]
    Programme.objects.filter(slug="striped").update(name="Horse", sort_name="horse")
    assert elsewhere(q="zebra") == []
    assert elsewhere(q="horse") == ["striped"]
    Programme.objects.get(slug="striped").countries.add(Country.objects.get(code="JP"))
    assert elsewhere(q="horse", country="JP") == ["striped"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programmes_programme SET slug = 'plain' WHERE slug = 'striped'")
    assert elsewhere(q="horse") == ["plain"]
    Country.objects.filter(code="JP").update(other_names="Zebraland")
    assert "plain" in elsewhere(q="zebraland", sort="name", country="JP", provider="government") + elsewhere(
        q="zebraland horse"
    )
    make_many_programmes(30, country="KE", row="5.4")
    assert len(elsewhere(country="KE", recommendation="5.4")) == 20
    Programme.objects.filter(slug="plain").delete()
    assert elsewhere(q="horse") == []


def test_what_is_not_committed_shows_nowhere_else_and_what_is_rolled_back_nowhere() -> None:
    if connection.vendor == "sqlite":
        find(ListQuery())
    with server() as address:

        def total() -> int:
            with urlopen(f"{address}/programmes.json?q=zebra") as response:  # noqa: S310 (an address of our own)
                return int(json.load(response)["count"])

        with transaction.atomic():
            make_programme("striped", name="Zebra")
            assert find(ListQuery(q="zebra")).page.total == 1
            assert total() == 0
            transaction.set_rollback(True)
        assert total() == 0
        assert find(ListQuery(q="zebra")).page.total == 0


def test_what_a_curator_saves_shows_in_the_next_request_of_another_process(
    elsewhere: Elsewhere, admin_client: Client
) -> None:
    assert elsewhere(q="zebra") == []
    draft = workflow.begin(Programme.objects.get(slug="covisint"), None)
    address = reverse("admin:programmes_programmedraft_change", args=[draft.pk])
    data = filled(admin_client, address) | {"name": "Zebra hub", "why": "A test.", "_publish": "1"}
    assert admin_client.post(address, data).status_code == 302
    assert elsewhere(q="zebra") == ["covisint"]
    example = Example.objects.filter(programmes__slug="rosettanet").first()
    assert example
    Example.objects.filter(pk=example.pk).update(text="Okapis alone.")
    assert elsewhere(q="okapi") == ["rosettanet"]


def test_a_change_too_large_to_follow_is_built_anew_at_once_in_a_small_catalogue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(refresh, "MOST_CHANGES", 10)
    before = find(ListQuery())
    make_many_programmes(30)
    after = find(ListQuery())
    assert not after.catching_up
    assert after.answer.snapshot.build.directory != before.answer.snapshot.build.directory
    assert reference.index_agrees(ListQuery(country=("JP",)))


def test_in_a_large_one_the_old_index_serves_meanwhile_and_says_so(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    assert client.get("/programmes/").context["catching_up"] is False
    monkeypatch.setattr(refresh, "MOST_CHANGES", 10)
    monkeypatch.setattr(refresh, "SMALL", 20)
    make_many_programmes(30)
    started = Mock(side_effect=subprocess.Popen)
    monkeypatch.setattr(subprocess, "Popen", started)
    response = client.get("/programmes/")
    assert response.context["catching_up"] is True
    assert response.context["page"].total == 67
    assert "catching up with a large change" in response.content.decode()
    wait_until(lambda: not find(ListQuery()).catching_up)
    # One process has built, however many readers came meanwhile.
    assert started.call_count == 1
    assert reference.index_agrees(ListQuery(country=("JP",)))
    assert client.get("/programmes/").context["page"].total == 97


def test_a_large_catalogue_without_an_index_is_unavailable_until_it_is_built(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(refresh, "SMALL", 20)
    for path in ("/programmes/?q=cluster", "/search/?q=cluster", "/programmes/covisint/", "/"):
        response = client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "30"), path
        assert "The search index is being built" in response.content.decode()
    data = client.get("/programmes.json")
    assert (data.status_code, data["Content-Type"]) == (503, "application/problem+json")
    assert "Ask again in 30 seconds" in data.json()["detail"]
    for path in ("/statement/", "/about/", "/privacy/"):
        assert client.get(path).status_code == 200, path
    wait_until(lambda: client.get("/programmes.json").status_code == 200)
    assert reference.index_agrees(ListQuery(q="cluster", sort="name"))


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 180
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.parametrize("model", [Country, Organisation, Recommendation, Category, Synonym])
def test_what_programmes_share_is_read_again_when_any_of_it_changes(model: type[Model]) -> None:
    find(ListQuery())
    row = model._default_manager.order_by("pk").first()
    assert row
    for field in model._meta.concrete_fields:
        if isinstance(field, CharField | TextField) and not field.choices:
            model._default_manager.filter(pk=row.pk).update(**{field.name: f"zebra {field.name}"[: field.max_length]})
            answer, shared = find(ListQuery()).answer, index_document.shared_texts()
            kept = answer.snapshot.shared
            assert (kept.texts, kept.orders, kept.synonyms) == (shared.texts, shared.orders, shared.synonyms)


def test_what_programmes_share_is_kept_when_only_one_of_them_changes() -> None:
    before = find(ListQuery()).answer
    Programme.objects.filter(slug="covisint").update(name="Zebra hub")
    after = find(ListQuery(q="zebra")).answer
    assert after.total == 1
    assert after.snapshot.shared is before.snapshot.shared


def test_while_the_database_is_away_a_list_says_which_revision_it_shows(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    there = client.get("/programmes/?country=JP")
    number = index_document.INDEX.current_snapshot().revision

    def away(using: str = "default") -> None:
        raise OperationalError

    monkeypatch.setattr(revision, "_asked", away)
    answer = client.get("/programmes/?country=JP")
    assert answer.context["programmes"] == there.context["programmes"]
    assert (
        f"The database cannot be reached: this page shows revision {number} of the catalogue" in answer.content.decode()
    )
    assert "ETag" not in answer
