"""Conditional requests and the Host header, as RFC 9110 (13.1.2) and RFC 9112 (3.2) have them."""

import re

import pytest

from .site import Site

# In place of the name that the collected file has.
STYLES = "/static/css/"
PATHS = [
    *("/", "/programmes/?country=JP", "/programmes.json", "/programmes.csv", "/programmes.xlsx", "/robots.txt"),
    *("/sitemap-programmes-1.xml", "/feeds/programmes.atom", "/brief.md", STYLES),
]


@pytest.mark.parametrize("path", PATHS)
def test_an_etag_is_compared_weakly(path: str, attacked: Site) -> None:
    path = re.findall(rf"{STYLES}[^\"]+", attacked.ask("/").text)[0] if path == STYLES else path
    whole = attacked.ask(path)
    opaque = whole["ETag"].removeprefix("W/")
    for value in (opaque, f"W/{opaque}", f'"a", W/"b" , {opaque},"c"', f'W/"x,y", W/{opaque}', "*", " * "):
        for method in ("GET", "HEAD"):
            answer = attacked.ask(path, method=method, If_None_Match=value)
            assert (answer.status, answer.body, answer["ETag"]) == (304, b"", whole["ETag"]), value
            assert not answer["Content-Length"] + answer["Content-Type"]
            for name in ("Cache-Control", "Vary", "Content-Security-Policy"):
                assert answer[name] == whole[name]
            assert (
                path.startswith(STYLES) or answer["Access-Control-Allow-Origin"] == whole["Access-Control-Allow-Origin"]
            )
    for value in ('"other"', 'W/"other"', opaque.strip('"'), f'"*", "{opaque[1:4]}"', "", '"'):
        assert attacked.ask(path, If_None_Match=value).body == whole.body or path.endswith("xlsx"), value
    assert attacked.ask(path, If_None_Match=opaque, Range="bytes=0-1").status == 304


@pytest.mark.parametrize(
    "path", ["/no-such/", "/programmes.json?country=XX", "/programmes/?page=999", "/static/no.css"]
)
def test_what_does_not_exist_matches_no_etag(path: str, attacked: Site) -> None:
    assert attacked.ask(path, If_None_Match="*").status in (404, 422)


@pytest.mark.parametrize("target", ["/", "/programmes.json", "/health/ready", "/static/css/catalogue.css", "http://a/"])
def test_a_request_of_http_1_1_without_host_is_refused_in_words(target: str, attacked: Site) -> None:
    answer = attacked.raw(f"GET {target} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
    name = answer["X-Request-ID"]
    assert answer.status == 400
    assert "names no host" in answer.text
    assert f"name the request: <code>{name}</code>" in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert [line["why"] for line in attacked.lines() if line.get("request_id") == name] == ["HostMissingError"]


def test_a_request_of_http_1_0_needs_no_host(attacked: Site) -> None:
    for target in ("/", "/health/ready"):
        assert attacked.raw(f"GET {target} HTTP/1.0\r\n\r\n".encode()).status == 200
