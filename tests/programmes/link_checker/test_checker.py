"""A real server that misbehaves in every way we know, and what the catalogue makes of it."""

import gzip
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from programmes.link_checker.checker import CheckResult, LinkChecker
from programmes.link_checker.host_rate_limit import HostRateLimiter, StoppedError
from programmes.link_checker.http_client import HttpClient, Limits
from programmes.models import Outcome

from .conftest import AGENT, HURRIED, LIMITS, asker_with
from .server import (
    HERE,
    Behaviour,
    Misbehaving,
    Request,
    by_method,
    closed_port,
    drips,
    endless,
    hangs,
    in_turn,
    misbehaving,
    names,
    raw,
    says,
)


def asked(asker: LinkChecker, url: str) -> CheckResult:
    """The answer, which there must be."""
    answer = asker.ask(url)
    assert answer is not None
    return answer


def test_a_page_that_answers_is_asked_by_head_under_our_name(server: Misbehaving, asker: LinkChecker) -> None:
    server.paths["/page?a=1"] = says(200)
    assert asked(asker, server.url("/page?a=1")) == CheckResult(server.url("/page?a=1"), Outcome.ANSWERS, 200)
    assert [(request.method, request.path) for request in server.asked] == [
        ("GET", "/robots.txt"),
        ("HEAD", "/page?a=1"),
    ]
    headers = server.asked[1].headers
    assert (headers["User-Agent"], headers["Host"]) == (AGENT, f"pages.test:{server.port}")
    assert not {"Cookie", "Referer", "Authorization"} & headers.keys()


FAULTS: dict[str, tuple[Callable[[Misbehaving], Behaviour], str]] = {
    "hangs": (hangs, "did not answer in time"),
    "drips headers": (drips, "did not answer in time"),
    "drips lines": (lambda server: drips(server, b"A: b\r\n"), "not HTTP|in time"),
    "closes the connection": (lambda server: raw(), "closed the connection"),
    "closes it in the middle": (lambda server: raw(b"HTTP/1.1"), "not HTTP"),
    "is not HTTP": (lambda server: raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "not HTTP"),
    "is garbage": (lambda server: raw(bytes(range(256)) * 40), "not HTTP|closed"),
    "has no status": (lambda server: raw(b"HTTP/1.1 abc OK\r\n\r\n"), "not HTTP"),
    "has a huge header": (lambda server: endless(b"HTTP/1.1 200 OK\r\nX: "), "not HTTP"),
    "has many headers": (lambda server: raw(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 5000, b"\r\n"), "not HTTP|closed"),
    "goes on to continue": (lambda server: drips(server, b"HTTP/1.1 100 Continue\r\n\r\n", b""), "in time"),
    "fails": (lambda server: says(500), "It answers: 500"),
    "is overloaded": (lambda server: says(503), "It answers: 503"),
    "refuses": (lambda server: says(403), "perhaps not readers: 403"),
    "redirects to nowhere": (lambda server: says(302), "It answers: 302"),
    "redirects in a circle": (lambda server: says(302, Location="/page"), "in a circle"),
    "redirects to another scheme": (lambda server: says(302, Location="file:///etc/passwd"), "Only http and https"),
    "redirects with a password": (lambda server: says(302, Location="http://a:b@pages.test/"), "password"),
    "redirects to garbage": (lambda server: says(302, Location="http://[/"), "not an address"),
    "redirects to an unknown name": (lambda server: says(302, Location="http://nowhere.invalid/"), "not known"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_misbehaves_fails_with_a_sentence(server: Misbehaving, fault: str) -> None:
    behave, sentence = FAULTS[fault]
    server.paths["/page"] = behave(server)
    answer = asked(asker_with(HURRIED if "in time" in sentence else LIMITS), server.url("/page"))
    assert answer.outcome == Outcome.FAILS
    assert any(part in answer.note for part in sentence.split("|")), answer.note


TEXTS: dict[str, Behaviour] = {
    "without an end": endless(),
    "of more than it says": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", b"x" * 100),
    "of less than it says": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nx"),
    "of a length that is none": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx"),
    "of two lengths": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nxxxxx"),
    "in broken pieces": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\nx"),
    "that is a bomb": says(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"),
}


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_of_a_page_is_never_read(server: Misbehaving, asker: LinkChecker, text: str) -> None:
    server.paths["/page"] = by_method(HEAD=says(405), GET=TEXTS[text])
    assert asked(asker, server.url("/page")).outcome == Outcome.ANSWERS


def test_a_page_that_is_gone_is_gone_only_when_a_reader_would_find_it_so(
    server: Misbehaving, asker: LinkChecker
) -> None:
    server.paths["/gone"] = says(410)
    server.paths["/deaf"] = by_method(HEAD=says(404), GET=says(200))
    server.paths["/mute"] = by_method(HEAD=raw(), GET=says(200))
    assert asked(asker, server.url("/gone")).outcome == Outcome.GONE
    assert asked(asker, server.url("/missing")).status_code == 404
    assert asked(asker, server.url("/deaf")).outcome == Outcome.ANSWERS
    assert asked(asker, server.url("/mute")).outcome == Outcome.ANSWERS
    assert server.asked_for("/gone") == ["HEAD", "GET"]


def test_a_server_that_recovers_is_asked_again(server: Misbehaving, asker: LinkChecker) -> None:
    server.paths["/page"] = in_turn(says(500), says(200))
    server.paths["/busy"] = in_turn(says(429, Retry_After="0"), says(503), says(200))
    assert asked(asker, server.url("/page")).outcome == Outcome.ANSWERS
    assert asked(asker, server.url("/busy")).outcome == Outcome.ANSWERS
    assert server.asked_for("/busy") == ["HEAD", "GET", "GET"]


def test_who_asks_to_wait_is_waited_for(server: Misbehaving) -> None:
    server.paths["/page"] = in_turn(says(429, Retry_After="1"), says(200))
    assert asked(asker_with(), server.url("/page")).outcome == Outcome.ANSWERS
    first, second = (request.at for request in server.asked if request.path == "/page")
    assert second - first >= 0.95


@pytest.mark.parametrize("after", ["3600", "Wed, 01 Jan 2120 00:00:00 GMT", "99999999999999999999"])
def test_who_asks_to_wait_for_long_is_left_for_another_day_with_all_its_pages(
    server: Misbehaving, asker: LinkChecker, after: str
) -> None:
    server.paths["/page"] = says(429, Retry_After=after)
    server.paths["/other"] = says(200)
    assert asker.ask(server.url("/page")) is None
    assert asker.ask(server.url("/other")) is None
    assert server.asked_for("/other") == []


def test_who_is_always_asked_too_much_is_left_alone(server: Misbehaving, asker: LinkChecker) -> None:
    server.paths["/page"] = says(429)
    assert asker.ask(server.url("/page")) is None
    assert len(server.asked_for("/page")) == LIMITS.tries


def test_redirects_are_followed_and_said_to_be_for_good_only_when_all_are(
    server: Misbehaving, asker: LinkChecker
) -> None:
    server.paths |= {
        "/a/old": says(301, Location="../b?x=1"),
        "/b?x=1": says(308, Location=f"//other.test:{server.port}/c"),
        "/c": says(200),
        "/half": says(301, Location="/now"),
        "/now": says(302, Location="/c"),
        "/lost": says(301, Location="/nowhere"),
    }
    answer = asked(asker, server.url("/a/old#part"))
    assert answer.moved_to == server.url("/c#part", "other.test")
    assert (answer.outcome, answer.status_code) == (Outcome.MOVED, 301)
    half = asked(asker, server.url("/half"))
    assert (half.outcome, half.status_code) == (Outcome.MOVED, 302)
    assert asked(asker, server.url("/lost")).outcome == Outcome.GONE


@pytest.mark.parametrize("location", ["/é", "/%C3%A9", "http://pages.test:{port}/é"])
def test_redirects_in_other_scripts_are_followed(server: Misbehaving, asker: LinkChecker, location: str) -> None:
    server.paths["/old"] = says(301, Location=location.format(port=server.port))
    server.paths["/%C3%A9"] = says(200)
    assert asked(asker, server.url("/old")).moved_to == server.url("/%C3%A9")


def test_a_chain_of_redirects_has_an_end(server: Misbehaving, asker: LinkChecker) -> None:
    for number in range(20):
        server.paths[f"/{number}"] = says(302, Location=f"/{number + 1}")
    answer = asked(asker, server.url("/0"))
    assert (answer.outcome, answer.note) == (Outcome.FAILS, "It redirects more than 4 times.")


FORBIDDEN = ["127.0.0.1", "169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "inside.test", "both.test"]


@pytest.mark.parametrize("host", FORBIDDEN)
def test_a_redirect_into_a_private_network_is_not_followed(server: Misbehaving, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(0.1)
        location = f"http://{host}:{inside.getsockname()[1]}/secret"
        server.paths["/page"] = says(302, Location=location)
        asker = asker_with(inside_test="127.0.0.1", both_test=f"{HERE} 127.0.0.1")
        answer = asked(asker, server.url("/page"))
        assert (answer.outcome, answer.status_code) == (Outcome.FORBIDDEN, 302)
        assert asked(asker, location).outcome == Outcome.FORBIDDEN
        with pytest.raises(TimeoutError):
            inside.accept()


def test_a_name_that_changes_its_meaning_after_the_check_gains_nothing(server: Misbehaving) -> None:
    """The request goes to what was checked; whoever looked the name up twice would come to 127.0.0.1."""
    server.paths["/page"] = says(200)
    places = iter([HERE, HERE])
    rules = names()
    changing = type(rules)(rules.private, lambda host, port: [next(places, "127.0.0.1")])
    asker = LinkChecker(HttpClient(AGENT, changing, LIMITS), HostRateLimiter(0))
    assert asked(asker, server.url("/page", "changing.test")).outcome == Outcome.ANSWERS
    assert server.asked[-1].headers["Host"] == f"changing.test:{server.port}"
    assert asked(asker, server.url("/page", "changing.test")).outcome == Outcome.FORBIDDEN
    assert len(server.asked) == 2


def test_a_port_where_nobody_listens_fails_in_words(asker: LinkChecker) -> None:
    answer = asked(asker, f"http://pages.test:{closed_port()}/")
    assert (answer.outcome, answer.note) == (Outcome.FAILS, "It refused the connection.")


ROBOTS: dict[str, tuple[Callable[[Misbehaving], Behaviour], Outcome]] = {
    "forbids": (lambda server: says(200, b"User-agent: *\nDisallow: /"), Outcome.NOT_ASKED),
    "forbids us by name": (
        lambda server: says(200, b"User-agent: gvc-policy-catalogue\nDisallow: /p"),
        Outcome.NOT_ASKED,
    ),
    "forbids by a pattern": (lambda server: says(200, b"User-agent: *\nDisallow: /*ge$"), Outcome.NOT_ASKED),
    "forbids others": (lambda server: says(200, b"User-agent: other\nDisallow: /"), Outcome.ANSWERS),
    "allows more than it forbids": (
        lambda server: says(200, b"User-agent: *\nDisallow: /\nAllow: /pa"),
        Outcome.ANSWERS,
    ),
    "is not there": (lambda server: says(404), Outcome.ANSWERS),
    "is garbage": (lambda server: says(200, bytes(range(256)) * 4), Outcome.ANSWERS),
    "is odd": (lambda server: says(200, b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: -5"), Outcome.ANSWERS),
    "is huge": (lambda server: endless(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /\n#"), Outcome.NOT_ASKED),
    "is a bomb": (
        lambda server: says(
            200, gzip.compress(b"User-agent: *\nDisallow: /\n#" + bytes(9_000_000))[:2_000], Content_Encoding="gzip"
        ),
        Outcome.NOT_ASKED,
    ),
    "has a broken compression": (lambda server: says(200, b"xxx", Content_Encoding="gzip"), Outcome.FAILS),
    "hangs": (hangs, Outcome.FAILS),
    "drips": (lambda server: drips(server, b"#", b"HTTP/1.1 200 OK\r\n\r\n"), Outcome.FAILS),
    "fails": (lambda server: says(500), Outcome.FAILS),
    "is overloaded": (lambda server: says(429), Outcome.FAILS),
    "moved": (lambda server: says(301, Location="/moved.txt"), Outcome.NOT_ASKED),
    "moves in a circle": (lambda server: says(301, Location="/robots.txt"), Outcome.ANSWERS),
    "leads inside": (lambda server: says(301, Location="http://169.254.169.254/"), Outcome.FAILS),
}


@pytest.mark.parametrize("robots", ROBOTS)
def test_a_robots_txt_is_respected_whatever_it_is(server: Misbehaving, robots: str) -> None:
    behave, outcome = ROBOTS[robots]
    asker = asker_with(HURRIED if robots in ("hangs", "drips") else LIMITS)
    server.paths |= {"/robots.txt": behave(server), "/page": says(200)}
    server.paths["/moved.txt"] = says(200, b"User-agent: *\nDisallow: /")
    answer = asked(asker, server.url("/page"))
    assert answer.outcome == outcome, answer.note
    assert bool(server.asked_for("/page")) == (outcome == Outcome.ANSWERS)


def test_a_robots_txt_is_asked_once_a_site_and_of_each_site_on_the_way(server: Misbehaving, asker: LinkChecker) -> None:
    server.paths |= {"/1": says(200), "/2": says(302, Location=server.url("/1", "other.test"))}
    for path in ("/1", "/2", "/1"):
        asked(asker, server.url(path))
    robots = [request.headers["Host"] for request in server.asked if request.path == "/robots.txt"]
    assert robots == [f"pages.test:{server.port}", f"other.test:{server.port}"]


def slow(connection: socket.socket, request: Request) -> None:
    """An answer that takes a moment, in which another request would be seen."""
    time.sleep(0.02)
    says(200)(connection, request)


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between(server: Misbehaving) -> None:
    asker = asker_with(Limits(pause=0.05))
    server.paths["/robots.txt"] = says(200, b"User-agent: *\nCrawl-delay: 0.1")
    server.paths["/page"] = slow
    threads = [Thread(target=asker.ask, args=[server.url("/page")]) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.most_open == 1
    pages = [request.at for request in server.asked if request.path == "/page"]
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(pages))


def test_who_waits_for_its_turn_ends_when_the_run_does(server: Misbehaving) -> None:
    server.paths["/page"] = says(200)
    asker = asker_with(Limits(pause=360.0))
    ended: list[str] = []

    def ask() -> None:
        try:
            asker.ask(server.url("/page"))
        except StoppedError:
            ended.append("stopped")

    thread = Thread(target=ask)
    thread.start()
    asker.turns.stop()
    thread.join(180)
    assert ended == ["stopped"]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for secure.test that nobody has signed."""
    file = tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=secure.test", "-addext", "subjectAltName=DNS:secure.test"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", "-x509", *kind, *subject, "-keyout", str(file), "-out", str(tmp_path / "public.pem")]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + (tmp_path / "public.pem").read_text())
    return file


def test_a_certificate_is_proved_by_the_name_and_not_by_the_place(certificate: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with misbehaving(tls) as server:
        server.paths["/page"] = says(200)
        asker = LinkChecker(HttpClient(AGENT, names(), LIMITS, trusting), HostRateLimiter(0))
        assert asked(asker, server.url("/page", "secure.test", "https")).outcome == Outcome.ANSWERS
        assert asked(asker, server.url("/page", "other.test", "https")).note == "Its certificate is not valid."
        unknown = asker_with()
        assert asked(unknown, server.url("/page", "secure.test", "https")).note == "Its certificate is not valid."


def test_a_server_that_never_ends_the_handshake_is_left(server: Misbehaving) -> None:
    asker = asker_with(HURRIED)
    with socket.create_server((HERE, 0)) as silent:
        answer = asked(asker, f"https://pages.test:{silent.getsockname()[1]}/")
    assert answer.note == "It did not answer in time."
    assert "TLS" in asked(asker, server.url(scheme="https")).note or answer.outcome == Outcome.FAILS
