"""A database server that is frozen is left out after one time-out, and read again when it answers."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from gvc_catalogue.database import router
from gvc_catalogue.database.postgresql.base import BREAKER, Connection, connected
from gvc_catalogue.database.postgresql.hosts import attempts, servers
from gvc_catalogue.env import READERS, SEVERAL, postgresql
from tests.nodes.cluster import Cluster, Server, replicated
from tests.nodes.web import database
from tests.postgresql import USER

pytestmark = pytest.mark.only("postgresql", "SQLite is a file: nobody waits for a server there")
MINUTES = 180  # seconds until what is expected must have come


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with replicated() as cluster:
        yield cluster


@pytest.fixture
def handler(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[ConnectionHandler]:
    """Connections of Django's to the cluster, of readers and of curators."""
    address = database(cluster.hosts())
    handler = ConnectionHandler(
        {"default": postgresql("X", address, SEVERAL), "replica": postgresql("X", address, READERS)}
    )
    with django_db_blocker.unblock():
        yield handler
        handler.close_all()


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    server.send(signal.SIGSTOP)
    try:
        yield
    finally:
        server.send(signal.SIGCONT)
        wait(lambda: not BREAKER.is_open(key(server)))


def key(server: Server) -> tuple[tuple[str, str], ...]:
    return (("host", "127.0.0.1"), ("port", str(server.port)))


def wait(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + MINUTES
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def port_of(connection: Connection) -> int:
    with connection:
        return connection.info.port


def test_one_time_out_and_a_server_is_left_out_until_it_answers(cluster: Cluster) -> None:
    first, second = cluster.replicas()
    hosts = {"host": "127.0.0.1", "port": f"{first.port},{second.port}", "user": USER, "dbname": "postgres"}
    parameters = hosts | {"connect_timeout": 2}
    assert port_of(connected(**parameters)) == first.port
    with frozen(first):
        assert port_of(connected(**parameters)) == second.port
        assert BREAKER.is_open(key(first))
        assert next(attempts(parameters, BREAKER))[0] == key(second)
        wait(lambda: BREAKER.is_confirmed(key(first)))
        assert [server for server, _ in attempts(parameters, BREAKER)] == [key(second)]
        with pytest.raises(psycopg.OperationalError, match="a moment ago"):
            connected(**parameters | {"port": first.port})
    assert port_of(connected(**parameters)) == first.port


def test_a_connection_to_a_frozen_server_is_replaced_by_one_to_another(
    cluster: Cluster, handler: ConnectionHandler
) -> None:
    reader = handler["replica"]
    reader.ensure_connection()
    (held,) = [server for server in cluster.replicas() if server.port == reader.connection.info.port]
    with frozen(held):
        assert not reader.is_usable()
        assert BREAKER.is_open(key(held))
        reader.close()
        for _ in range(20):
            reader.ensure_connection()
            assert reader.connection.info.port != held.port
            reader.close()


def test_a_question_on_its_way_to_a_server_that_froze_is_given_up_and_a_long_one_is_not(
    cluster: Cluster, handler: ConnectionHandler
) -> None:
    reader = handler["replica"]
    with router.deadline(10 * MINUTES), reader.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(4)")
        (held,) = [server for server in cluster.replicas() if server.port == reader.connection.info.port]
        with frozen(held), pytest.raises(OperationalError, match="does not answer"):
            cursor.execute("SELECT 1")


def test_a_frozen_primary_is_waited_for_no_longer_than_was_said(cluster: Cluster, handler: ConnectionHandler) -> None:
    handler["default"].settings_dict["OPTIONS"]["connect_timeout"] = str(10 * MINUTES)
    with frozen(cluster.primary):
        began = time.monotonic()
        with router.deadline(0.5), pytest.raises(OperationalError):
            handler["default"].ensure_connection()
        assert time.monotonic() - began < MINUTES
        for _ in range(5):
            handler["replica"].ensure_connection()
            assert handler["replica"].connection.info.port != cluster.primary.port
            handler["replica"].close()


def test_without_another_server_one_that_was_slow_once_is_asked_again(cluster: Cluster) -> None:
    parameters = {"host": "127.0.0.1", "port": str(cluster.primary.port), "user": USER, "dbname": "postgres"}
    (server,) = servers(parameters)
    held: list[bool] = []
    BREAKER.trip(server, lambda: wait(lambda: held))
    assert BREAKER.is_open(server)
    assert port_of(connected(**parameters)) == cluster.primary.port
    held.append(True)
    wait(lambda: not BREAKER.is_open(server))


def test_a_reader_gives_up_connecting_to_a_frozen_server_before_its_time_out(cluster: Cluster) -> None:
    ports = ",".join(str(server.port) for server in [cluster.primary, *cluster.replicas()])
    parameters = {"host": "127.0.0.1", "port": ports, "user": USER, "dbname": "postgres"}
    with frozen(cluster.primary):
        began = time.monotonic()
        reader = connected(**parameters | {"target_session_attrs": "prefer-standby", "connect_timeout": 20})
        assert time.monotonic() - began < 15
        assert port_of(reader) != cluster.primary.port
        assert BREAKER.is_open(key(cluster.primary))
