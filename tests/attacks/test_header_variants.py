"""No request header changes what others get from the page cache: each is sent first, and then the plain request."""

import json
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from django.utils.module_loading import import_string

from tests.hostile import XLSX, public_addresses
from tests.pages.kinds import PAGES

from .header_variants import CHARSETS, CONTENT_TYPES, OTHERS, VARIANTS
from .site import Answer, Site
from .wsgi_client import ask

pytestmark = pytest.mark.usefixtures("committed")
QUERY = "country=JP&category=1&q=sm%C3%A9"
ADDRESSES = sorted({*PAGES, *public_addresses(), *(f"{address}?{QUERY}" for address in public_addresses())})
# A page and data, for which each header is tried by itself.
SOME = [f"{path}?{QUERY}" for path in ("/programmes/", "/programmes.json")]
# Headers that may act together; what hides one in a group is not in the next.
GROUPS = {
    "all": OTHERS | {"Content-Type": "x; charset=cp500"},
    "htmx": {"HX-Request": "true", "HX-Target": "x", "Content-Type": "x; charset=utf-16", "Accept-Encoding": "gzip"},
    "codec": {"Content-Type": "x; charset=hex", "HX-Boosted": "true", "Host": "localhost:1"},
    "conditional": {"If-None-Match": "*", "Range": "bytes=0-9", "Accept": "*/*;q=0", "X-Original-URL": "/privacy/"},
}
# Given anew to each answer.
OWN = "X-Request-ID"
Asking = Callable[..., Answer]


def application() -> Asking:
    """A client of the installation's application with an empty page cache, as a new process has it."""
    handler: type[WSGIHandler] = type(import_string(settings.WSGI_APPLICATION))
    return partial(ask, handler())


def seen(answer: Answer) -> tuple[Any, ...]:
    """All of an answer but its id; of a workbook its parts, but for the one that names the second of its making."""
    own, body = {OWN}, answer.body
    if answer["Content-Type"] == XLSX:
        parts = ZipFile(BytesIO(answer.body))
        own = {OWN, "Content-Length"}
        body = b"".join(parts.read(name) for name in parts.namelist() if name != "docProps/core.xml")
    return answer.status, sorted(pair for pair in answer.headers if pair[0] not in own), body


@cache
def cacheable() -> dict[str, Any]:
    """What each cacheable address answers before anything else is sent to this process."""
    asking = application()
    answers = {address: asking(address, {}) for address in ADDRESSES}
    return {address: seen(answer) for address, answer in answers.items() if answer["ETag"]}


def test_every_public_address_is_cacheable_but_health_and_forms() -> None:
    others = {address.partition("?")[0] for address in ADDRESSES} - {each.partition("?")[0] for each in cacheable()}
    assert all(address.startswith("/health/") or address.endswith("/correct/") for address in others), others


@pytest.mark.parametrize("group", GROUPS)
def test_headers_sent_to_any_address_change_nothing_for_the_next_reader(group: str) -> None:
    expected, asking = cacheable(), application()
    for address, plain in expected.items():
        assert asking(address, GROUPS[group]).status in (200, 304), address
        assert seen(asking(address, {})) == plain, address


@pytest.mark.parametrize("headers", VARIANTS, ids=lambda headers: ascii(headers)[:60])
def test_each_header_by_itself_changes_nothing_for_the_next_reader(headers: dict[str, str]) -> None:
    expected, asking = cacheable(), application()
    for address in SOME:
        assert asking(address, headers).status < 500, address
        assert seen(asking(address, {})) == expected[address], address


@pytest.mark.parametrize("content_type", CONTENT_TYPES, ids=ascii)
def test_a_query_string_is_utf8_whatever_the_content_type(content_type: str) -> None:
    found = application()("/programmes.json?q=caf%C3%A9&n=1", {"Content-Type": content_type})
    assert seen(found) == seen(application()("/programmes.json?q=caf%C3%A9&n=1", {}))


@pytest.mark.parametrize("charset", [*CHARSETS[:-3], "unknown"])
def test_a_form_is_utf8_whatever_the_content_type(charset: str) -> None:
    body = urlencode({"text": "Café 日本"})
    for content_type in (f"application/x-www-form-urlencoded; charset={charset}", f"a; charset*=x''{charset}"):
        request: Any = RequestFactory().generic("POST", "/?q=%C3%A9", body, content_type=content_type)
        assert request.GET["q"] == "é"
        assert request.POST.get("text", "Café 日本") == "Café 日本"


def test_the_test_client_decodes_as_the_server_does(client: Client) -> None:
    for headers in ({}, {"Content-Type": "x; charset=cp500"}, {"Content-Type": "x; charset=hex"}):
        assert client.get("/programmes.json?country=JP&test=client", headers=headers).json()["count"] == 9


@pytest.mark.parametrize("charset", ["cp500", "hex", "rot13", "zlib", "undefined", "idna", "no-such"])
def test_the_server_answers_in_full_whatever_charset_is_named(charset: str, attacked: Site) -> None:
    address = f"/programmes.json?country=JP&charset={charset}"
    for content_type in (f"x; charset={charset}", f"x; charset*={charset}''a"):
        answer = attacked.ask(address, Content_Type=content_type)
        assert answer.status == 200
        assert answer["Content-Security-Policy"]
        assert [line for line in attacked.lines() if line.get("request_id") == answer[OWN]]
    for _ in range(4):
        assert json.loads(attacked.ask(address).body)["count"] == 9
