"""A server that misbehaves, and somebody who asks it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from programmes.links.asking import Asker
from programmes.links.fetching import Fetcher, Limits
from programmes.links.politeness import Turns

from .server import Misbehaving, misbehaving, names

# What is to answer may take its time on a busy machine.
LIMITS = Limits(silence=180, whole=360, robots_bytes=2_000, redirects=4, pause=0.0, longest_pause=1.0)
# For servers that never answer.
HURRIED = replace(LIMITS, silence=1.0, whole=2.0)
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
