"""The check for a taken port accepts no connection itself."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from gvc_catalogue import configuration, preflight
from gvc_catalogue.env import ConfigurationError


@pytest.fixture
def bound() -> Iterator[socket.socket]:
    """A socket with SO_REUSEADDR that is bound to a free port of this machine and does not listen."""
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(("127.0.0.1", 0))
        yield found


def check(bound: socket.socket) -> None:
    preflight.check_port(replace(configuration.load(), bind="127.0.0.1", port=bound.getsockname()[1]))


def test_a_port_on_which_something_listens_is_taken(bound: socket.socket) -> None:
    bound.listen()
    with pytest.raises(ConfigurationError, match="another program listens"):
        check(bound)


def test_the_check_never_listens(bound: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    listened: list[socket.socket] = []
    monkeypatch.setattr(socket.socket, "listen", lambda self, *args: listened.append(self))
    check(bound)
    assert not listened
