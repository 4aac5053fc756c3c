"""A server that misbehaves, and somebody who asks it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from programmes.link_checker.checker import LinkChecker
from programmes.link_checker.host_rate_limit import HostRateLimiter
from programmes.link_checker.http_client import HttpClient, Limits

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
def asker() -> LinkChecker:
    return asker_with()


def asker_with(limits: Limits = LIMITS, **places: str) -> LinkChecker:
    """Somebody who asks, under rules by which names lead to these places."""
    return LinkChecker(HttpClient(AGENT, names(**places), limits), HostRateLimiter(limits.pause))
