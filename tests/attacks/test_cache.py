"""Pages are kept and sent again: what one reader sends along changes no page that another gets."""

from itertools import count

import pytest

from .site import Site

EVIL = "evil.example"
PATHS = ["/programmes/", "/programmes/covisint/", "/programmes.json", "/about/", "/recommendations.json", "/robots.txt"]
LIES = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Scheme": "nothttps",
    "X-Forwarded-Port": "1337",
    "X-Forwarded-Prefix": f"/{EVIL}",
    "X-Forwarded-For": "203.0.113.9",
    "X-Original-URL": f"/{EVIL}",
    "X-Rewrite-URL": f"/{EVIL}",
    "X-HTTP-Method-Override": "POST",
    "X-Script-Name": f"/{EVIL}",
    "SCRIPT_NAME": f"/{EVIL}",
    "PATH_INFO": "/privacy/",
    "Script-Name": f"/{EVIL}",
    "X-Request-ID": f"{EVIL}-{EVIL}",
    "Forwarded": f"host={EVIL};proto=https",
    "Origin": f"https://{EVIL}",
    "Referer": f"https://{EVIL}/",
    "Accept": "application/json",
    "Accept-Language": "fr",
    "Accept-Charset": "utf-7",
    "Range": "bytes=0-9",
    "User-Agent": f"<script>{EVIL}</script>",
    "HX-Request": "true",
    "HX-Target": EVIL,
    "HX-Boosted": "true",
    "X-Requested-With": "XMLHttpRequest",
    "Cookie": f"messages={EVIL}; csrftoken={EVIL}; theme={EVIL}; django_language={EVIL}",
    "Authorization": f"Basic {EVIL}",
    "Content-Type": "application/json",
    "If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT",
    "If-None-Match": '"other"',
    "Cache-Control": "no-store",
    "Expect": "100-continue",
    "TE": "trailers",
    "Upgrade": "h2c",
}
FRESH = count(1)


@pytest.mark.parametrize("site", ["attacked", "behind"])
@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_sent_along_the_next_reader_gets_a_clean_page(
    path: str, site: str, request: pytest.FixtureRequest
) -> None:
    running: Site = request.getfixturevalue(site)
    https = {"X-Forwarded-Proto": "https"} if site == "behind" else {}
    clean = running.ask(f"{path}?fresh={next(FRESH)}", **https)
    for name, value in LIES.items():
        address = f"{path}?fresh={next(FRESH)}"
        # One process or the other keeps the page: each is asked often enough.
        for _ in range(3):
            running.ask(address, **https | {name: value})
        after = running.ask(address, **https)
        assert after.status == clean.status == 200, name
        assert EVIL not in after.text + str(after.headers), name
        ours = [{header for header, _ in answer.headers} for answer in (clean, after)]
        assert ours[0] == ours[1], name
        assert len(after.body) - len(clean.body) <= 40, name


def test_a_head_that_is_asked_for_first_leaves_no_empty_page(attacked: Site) -> None:
    address = f"/programmes/?fresh={next(FRESH)}"
    for _ in range(4):
        assert attacked.ask(address, method="HEAD").body == b""
    assert "</html>" in attacked.ask(address).text


def test_a_method_that_was_refused_is_not_kept(attacked: Site) -> None:
    address = f"/programmes/?fresh={next(FRESH)}"
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"):
        for _ in range(3):
            assert attacked.ask(address, method=method).status in (400, 403, 405)
        assert attacked.ask(address).status == 200


def test_a_session_that_was_made_up_is_not_kept_for_others(attacked: Site) -> None:
    address = f"/programmes/?fresh={next(FRESH)}"
    for _ in range(3):
        answer = attacked.ask(address, Cookie="sessionid=made-up")
        assert not answer["ETag"]
    assert attacked.ask(address)["ETag"]


def test_https_and_plain_pages_are_apart(behind: Site, attacked: Site) -> None:
    for _ in range(4):
        assert f"http://{attacked.host}" in attacked.ask("/about/", X_Forwarded_Proto="https").text
        assert f"https://{attacked.host}" not in attacked.ask("/about/").text
        assert f"https://{behind.host}" in behind.ask("/about/", X_Forwarded_Proto="https").text


def test_names_of_paths_that_look_like_files_are_not_kept_as_such(attacked: Site) -> None:
    for path in (
        "/admin/x.css",
        "/admin/login/x.css",
        "/admin/login/%2e%2e/x.json",
        "/programmes/;x.css",
        "/about/x.js",
    ):
        answer = attacked.ask(path)
        assert answer.status in (302, 404)
        assert not answer["ETag"]
