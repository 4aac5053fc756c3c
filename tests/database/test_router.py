"""Readers are answered from replicas, curators from the primary, and nothing waits for ever."""

from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.db import router as django_router
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from gvc_catalogue.database import router
from gvc_catalogue.search_index.sync import revision
from gvc_catalogue.search_index.sync.revision import Current
from gvc_catalogue.web.middleware.read_routing import ReadRoutingMiddleware
from programmes.models import Programme

PATHS = ["/statement/", "/examples.csv", "/programmes/?q=sme", "/recommendations/2.1/"]


@pytest.fixture
def with_replica(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that has replicas; nothing is asked of them."""
    monkeypatch.setitem(connections.settings, "replica", {})


def read_by(request: HttpRequest) -> tuple[str, str]:
    """The databases that a request reads and writes."""
    seen: list[tuple[str, str]] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append((django_router.db_for_read(Programme), django_router.db_for_write(Programme)))
        return HttpResponse()

    ReadRoutingMiddleware(view)(request)
    router.reset_routing()
    return seen[0]


@pytest.mark.usefixtures("with_replica")
def test_readers_read_a_replica_and_curators_the_primary(rf: RequestFactory) -> None:
    signed_in = rf.get("/programmes/")
    signed_in.COOKIES["sessionid"] = "a curator's"
    assert read_by(rf.get("/programmes/")) == ("replica", "default")
    assert read_by(rf.head("/programmes.csv")) == ("replica", "default")
    for request in (signed_in, rf.get("/admin/"), rf.post("/programmes/covisint/correct/"), rf.delete("/")):
        assert read_by(request) == ("default", "default")


def test_without_replicas_all_read_the_primary(rf: RequestFactory) -> None:
    assert read_by(rf.get("/programmes/")) == ("default", "default")


@pytest.mark.django_db
def test_a_command_reads_the_primary_and_waits_as_long_as_it_takes(client: Client) -> None:
    client.get("/about/")
    assert (router.read_alias(), router.statement_timeout()) == ("default", None)


def lagging(monkeypatch: pytest.MonkeyPatch, primary: Current | None, replica: Current) -> None:
    """Databases that are at these revisions; None is away."""

    def asked(using: str) -> Current:
        found = primary if using == "default" else replica
        if found is None:
            raise OperationalError
        return found

    monkeypatch.setattr(revision, "_asked", asked)


@pytest.mark.usefixtures("with_replica")
def test_a_replica_that_is_behind_takes_no_reader_back(monkeypatch: pytest.MonkeyPatch) -> None:
    # However slow the machine is, the primary is not asked again before it is time.
    monkeypatch.setattr(revision, "AS_LONG", 3600.0)
    seen = revision._Seen()
    seen.newest = Current(7, "c")
    monkeypatch.setattr(revision, "_seen", seen)
    assert seen.is_old()

    def asked(primary: Current | None, replica: Current) -> tuple[int, str]:
        lagging(monkeypatch, primary, replica)
        router.read_as_reader()
        try:
            return revision.consistent_revision().number, router.read_alias()
        finally:
            router.reset_routing()

    assert asked(Current(9, "c"), Current(7, "c")) == (7, "replica")
    assert asked(Current(9, "c"), Current(8, "c")) == (8, "replica")
    assert asked(Current(9, "c"), Current(6, "c")) == (9, "default")
    # Now all that is older than what the primary said is behind.
    assert asked(Current(9, "c"), Current(8, "c")) == (9, "default")
    # Another catalogue, put back from a copy: that is the primary's to say.
    assert asked(Current(5, "d"), Current(5, "d")) == (5, "replica")
    assert asked(Current(5, "d"), Current(9, "c")) == (5, "default")
    # A replica alone is better than nothing.
    assert asked(None, Current(4, "d")) == (4, "replica")
    # One that stands still is found out, as the primary is asked now and then.
    assert asked(Current(9, "d"), Current(5, "d")) == (5, "replica")
    monkeypatch.setattr(seen, "_asked_at", seen._asked_at - revision.AS_LONG)
    assert asked(Current(9, "d"), Current(5, "d")) == (9, "default")
    assert asked(None, Current(5, "d")) == (5, "replica")


@pytest.mark.only("postgresql", "SQLite is a file: nobody waits for a server there")
@pytest.mark.django_db(transaction=True)
class TestPatience:
    def test_a_question_that_takes_too_long_is_given_up(self, catalogue: None) -> None:
        with pytest.raises(OperationalError), router.deadline(0.2), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(30)")
        router.close_lost_connections()
        assert Programme.objects.count() == 67

    def test_a_connection_that_was_cut_is_replaced_in_the_midst_of_a_question(
        self, client: Client, catalogue: None
    ) -> None:
        for path in PATHS:
            cut()
            answer = client.get(path)
            assert answer.status_code == 200
            assert "Catalogue-Revision" not in answer

    def test_nor_does_it_matter_when_it_is_cut_while_the_page_is_made(
        self, client: Client, catalogue: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole, times = revision.consistent_revision, list[Current]()

        def then_cut() -> Current:
            found = whole()
            if not times:
                cut()
            times.append(found)
            return found

        monkeypatch.setattr(revision, "consistent_revision", then_cut)
        for path in PATHS:
            times.clear()
            answer = client.get(path)
            assert answer.status_code == 200
            assert "Catalogue-Revision" not in answer


def cut() -> None:
    """End every connection to the database of the test, as a server does that goes down."""
    connection.ensure_connection()
    settings: Any = connection.get_connection_params()
    with psycopg.connect(**{name: settings[name] for name in ("dbname", "user", "host")}, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
