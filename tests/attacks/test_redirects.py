"""No address of ours sends a reader to another site."""

from urllib.parse import quote, urljoin, urlsplit

import pytest

from .site import Answer, Site

EVIL = [
    *(
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
    ),
    *(
        "/\t/evil.example",
        "/%09/evil.example",
        "https:evil.example",
        "https:/evil.example",
        "http://evil.example@127.0.0.1",
    ),
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "/%5cevil.example",
        "//%65vil.example",
        "/%2f%2fevil.example",
        "//evil.example%2f..",
    ),
    *("/.evil.example", "@evil.example", ".evil.example", "\x00//evil.example", "https://127.0.0.1.evil.example/"),
]


def stays(answer: Answer, site: Site, path: str) -> bool:
    """Whether a browser that follows the answer stays on the site."""
    location = answer["Location"]
    # As browsers read it: backslashes are strokes, white space inside is nothing.
    read = location.replace("\\", "/").replace("\t", "").strip()
    found = urlsplit(urljoin(f"http://{site.host}{path}", read))
    return not location or (found.netloc == site.host and found.scheme == "http")


@pytest.mark.parametrize("evil", EVIL)
def test_no_path_leads_away(evil: str, attacked: Site) -> None:
    raw = quote(evil, safe="/:@\\%.") if any(sign < "!" for sign in evil) else evil
    for path in (
        raw,
        f"/{raw}",
        f"/programmes/{raw}",
        f"/programmes{raw}",
        f"/admin{raw}",
        f"/admin/{raw}",
        f"/static{raw}",
    ):
        if path.startswith("/"):
            answer = attacked.ask(path)
            assert answer.status in (200, 301, 302, 400, 404), path
            assert stays(answer, attacked, path), (path, answer["Location"])


@pytest.mark.parametrize("evil", EVIL)
def test_no_parameter_leads_away(evil: str, attacked: Site) -> None:
    for name in ("next", "url", "redirect", "return", "to", "q"):
        for path in ("/", "/programmes", "/programmes/", "/admin", "/admin/", "/admin/login/", "/admin/logout/"):
            asked = f"{path}?{name}={quote(evil)}"
            assert stays(attacked.ask(asked), attacked, path), asked


def test_the_way_to_https_is_to_this_very_site(behind: Site) -> None:
    for path in ("/", "//evil.example/", "/\\evil.example", "/programmes/?next=//evil.example"):
        location = urlsplit(behind.ask(path)["Location"])
        assert (location.scheme, location.netloc) == ("https", behind.host)
    assert behind.ask("/", Host="evil.example").status == 400
