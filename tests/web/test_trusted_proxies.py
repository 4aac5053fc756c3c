"""Whose word is taken for where a reader comes from."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from gvc_catalogue.web.middleware.trusted_proxies import (
    TrustedProxiesMiddleware,
    client_address,
    client_network,
    parsed,
)

LIES = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "1",
    "X-Real-IP": "203.0.113.9",
    "Forwarded": "for=203.0.113.9",
    "X-Request-ID": "of-somebody-else",
}


@pytest.fixture
def proxies(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8"), ip_network("::1")]


def arriving(peer: str, **headers: str) -> HttpRequest:
    """The request as those further in see it."""
    seen: list[HttpRequest] = []
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    TrustedProxiesMiddleware(answer)(request)
    return seen[0]


@pytest.mark.parametrize("peer", ["192.0.2.1", "2001:db8::1", "11.0.0.1", "", "nonsense"])
def test_nobody_but_a_proxy_is_believed(peer: str, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [] if peer == "" else [ip_network("10.0.0.0/8")]
    arrived = arriving(peer, **LIES)
    assert arrived.META["REMOTE_ADDR"] == peer
    assert [name for name in LIES if name in arrived.headers] == []


@pytest.mark.parametrize("peer", ["10.1.2.3", "::1", "::ffff:10.1.2.3", ""])
def test_a_trusted_proxy_says_who_its_reader_is(peer: str, proxies: None) -> None:
    arrived = arriving(peer, **LIES)
    assert arrived.META["REMOTE_ADDR"] == "203.0.113.9"
    assert {name: arrived.headers.get(name) for name in LIES} == LIES


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),  # The first was sent by the reader.
        ("1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.9.9.9", "10.9.9.9"),
        ("2001:db8::7", "2001:db8::7"),
        ("203.0.113.9, unknown", "10.0.0.1"),
        ("203.0.113.9:4711", "10.0.0.1"),
        ("", "10.0.0.1"),
        (",,,", "10.0.0.1"),
        ("<script>", "10.0.0.1"),
    ],
)
def test_the_last_address_that_is_no_proxys_counts(said: str, found: str, proxies: None) -> None:
    assert client_address("10.0.0.1", said) == found


@given(st.text(max_size=200))
def test_whatever_a_proxy_says_an_address_comes_out(said: str) -> None:
    assert parsed(client_address("10.0.0.1", said))


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", None),
        ("nonsense", None),
    ],
)
def test_all_addresses_of_a_subscriber_are_one(address: str, counted: str | None) -> None:
    request: Any = RequestFactory().get("/", REMOTE_ADDR=address)
    assert client_network(request) == counted
