"""An index that is read beside a replica that lags: it never goes back, whatever the replica says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client
from pytest_django import Settings

from gvc_catalogue.search_index.sync import revision
from programmes.models import Programme
from programmes.search import index_document
from programmes.search.list_query import ListQuery
from programmes.search.search import find

pytestmark = [
    pytest.mark.only("sqlite", "a copy of its file is a replica that stands still; tests/nodes has PostgreSQL's"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def lagging(catalogue: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of the database as it was before covisint was called Zebra hub, which the index knows."""
    settings.INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(index_document.INDEX, "_served", None)
    monkeypatch.setattr(revision, "_seen", revision._Seen())
    find(ListQuery())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "replica")])
    place = connection.settings_dict | {"NAME": tmp_path / "replica"}
    monkeypatch.setitem(connections.settings, "replica", place)
    # By this name the tests may use it.
    connections["replica"] = DatabaseWrapper(place, "default")
    Programme.objects.filter(slug="covisint").update(name="Zebra hub", sort_name="zebra hub")
    assert find(ListQuery(q="zebra")).page.total == 1
    yield
    connections["replica"].close()
    del connections["replica"]


def primary_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the replica alone answers."""
    whole = revision._asked

    def asked(using: str) -> revision.Current:
        if using == "default":
            raise OperationalError
        return whole(using)

    monkeypatch.setattr(revision, "_asked", asked)


def test_readers_are_taken_to_the_primary(client: Client) -> None:
    assert client.get("/programmes.json?q=zebra").json()["count"] == 1
    assert "Zebra hub" in client.get("/statement/").content.decode() + client.get("/search/?q=zebra").content.decode()


def test_without_it_the_index_stays_and_nothing_is_kept_for_long(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    primary_leaves(monkeypatch)
    build = index_document.INDEX.current_snapshot().snapshot.build.directory
    answer = client.get("/programmes.json?q=zebra")
    assert answer.json()["count"] == 1
    assert "ETag" not in answer
    assert index_document.INDEX.current_snapshot().snapshot.build.directory == build


def test_nor_does_a_build_that_is_newer_than_the_replica_go_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_document.INDEX.rebuild()
    primary_leaves(monkeypatch)
    index_document.INDEX._served = None
    assert client.get("/programmes.json?q=zebra").json()["count"] == 1
    assert client.get("/programmes/").status_code == client.get("/statement/").status_code == 200
