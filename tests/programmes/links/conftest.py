"""A server that misbehaves, and somebody who asks it in a hurry."""

from collections.abc import Iterator

import pytest

from programmes.links.asking import Asker
from programmes.links.fetching import Fetcher, Limits
from programmes.links.politeness import Turns

from .server import Misbehaving, misbehaving, names

LIMITS = Limits(silence=0.4, whole=0.8, robots_bytes=2_000, redirects=4, pause=0.0, longest_pause=1.0)
AGENT = "GVC-Policy-Catalogue (+https://catalogue.test/about/)"


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving() as server:
        yield server


@pytest.fixture
def asker() -> Asker:
    return asker_with()


def asker_with(limits: Limits = LIMITS, **places: str) -> Asker:
    """Somebody who asks, under rules by which names lead to these places."""
    return Asker(Fetcher(AGENT, names(**places), limits), Turns(limits.pause))
