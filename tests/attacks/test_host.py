"""A name of the site that the reader made up appears nowhere."""

import pytest

from .site import Site

EVIL = "evil.example"
PATHS = ["/", "/programmes/covisint/", "/programmes.json", "/sitemap.xml", "/feeds/programmes.atom", "/admin/login/"]
NAMES = [
    *(EVIL, f"{EVIL}:80", f"127.0.0.1.{EVIL}", f"{EVIL}#127.0.0.1", f"127.0.0.1@{EVIL}", f"127.0.0.1:80@{EVIL}"),
    *(f"127.0.0.1/{EVIL}", f"127.0.0.1 {EVIL}", f'127.0.0.1"><script>{EVIL}', "", "*", "[::1", f".127.0.0.1.{EVIL}"),
]
FORWARDED = ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "X-Original-Host", "Forwarded"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_not_ours_is_refused(name: str, attacked: Site) -> None:
    for path in PATHS:
        answer = attacked.ask(path, Host=name)
        assert answer.status == 400, path
        assert EVIL not in answer.text + str(answer.headers)


@pytest.mark.parametrize("name", ["10.1.2.3:8000", "[fd00::1]:8000", EVIL])
def test_who_asks_after_our_health_may_ask_by_any_name_and_gets_none_back(name: str, attacked: Site) -> None:
    for path in ("/health/live", "/health/ready"):
        answer = attacked.ask(path, Host=name)
        assert answer.status == 200
        assert name not in answer.text + str(answer.headers)


def test_two_names_are_refused_and_without_any_the_servers_own_counts(attacked: Site) -> None:
    for head in (f"Host: {attacked.host}\r\nHost: {EVIL}\r\n", f"Host: {EVIL}\r\nHost: {attacked.host}\r\n"):
        answer = attacked.raw(f"GET / HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode())
        assert answer.status == 400
        assert EVIL not in answer.text
    unnamed = attacked.raw(b"GET / HTTP/1.0\r\n\r\n")
    assert f'<link rel="canonical" href="http://{attacked.host}/">' in unnamed.text


def test_a_whole_address_as_the_path_leads_nowhere(attacked: Site) -> None:
    answer = attacked.ask(f"http://{EVIL}/programmes/covisint/")
    assert EVIL not in answer.text + str(answer.headers)


@pytest.mark.parametrize("header", FORWARDED)
@pytest.mark.parametrize("site", ["attacked", "behind"])
def test_no_other_header_names_the_site(header: str, site: str, request: pytest.FixtureRequest) -> None:
    running: Site = request.getfixturevalue(site)
    for path in PATHS:
        lie = {header: f"host={EVIL}" if header == "Forwarded" else EVIL}
        answer = running.ask(path, X_Forwarded_Proto="https", **lie)
        assert answer.status == 200
        assert EVIL not in answer.text + str(answer.headers)


def test_a_port_that_was_made_up_stays_with_whoever_made_it_up(attacked: Site) -> None:
    for _ in range(4):
        assert "127.0.0.1:1/" in attacked.ask("/about/", Host="127.0.0.1:1").text
        assert "127.0.0.1:1/" not in attacked.ask("/about/").text
