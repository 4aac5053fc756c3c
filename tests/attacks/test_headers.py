"""What every answer forbids the browser, whatever the answer is."""

import pytest

from .site import Answer, Site

PAGES = ["/", "/programmes/", "/programmes/covisint/", "/statement/", "/search/?q=sme", "/no-such-page/", "/about/"]
DATA = [
    *("/programmes.json", "/programmes.csv", "/programmes.xlsx", "/api/v1/programmes", "/feeds/programmes.atom"),
    *("/programmes.json?country=XX", "/no-such.json", "/programmes.bib", "/brief.md"),
]
FILES = ["/static/css/catalogue.css", "/static/js/site.js", "/static/img/favicon.svg", "/static/img/share.png"]
ADMIN = ["/admin/", "/admin/login/", "/admin/programmes/programme/"]
POLICY = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'"),
    *("connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
}
HTTPS = {"X_Forwarded_Proto": "https"}


def forbids(answer: Answer) -> bool:
    """Whether it says all that every answer says."""
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert {"camera=()", "geolocation=()", "microphone=()", "usb=()"} <= set(answer["Permissions-Policy"].split(", "))
    assert "unsafe" not in answer["Content-Security-Policy"]
    return "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*PAGES, *DATA, *ADMIN])
def test_every_answer_forbids_what_no_page_needs(path: str, attacked: Site) -> None:
    for _ in ("made", "kept"):
        answer = attacked.ask(path)
        assert forbids(answer)
        assert set(answer["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize("path", [*PAGES, *ADMIN])
def test_other_sites_cannot_load_a_page(path: str, attacked: Site) -> None:
    assert attacked.ask(path)["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", DATA)
def test_other_sites_can_load_open_data_and_feeds(path: str, attacked: Site) -> None:
    answer = attacked.ask(path, Origin="https://elsewhere.example")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", FILES)
def test_files_run_nothing_by_themselves_and_pictures_can_be_shared(path: str, attacked: Site) -> None:
    name = attacked.ask("/").text.partition(f"{path.rpartition('/')[0]}/{path.rpartition('/')[2].split('.')[0]}.")[2]
    folder, _, file = path.rpartition("/")
    stem, _, ending = file.partition(".")
    hashed = f"{folder}/{stem}.{name[:12]}.{ending}"
    answer = attacked.ask(hashed)
    assert answer.status == 200, hashed
    assert forbids(answer)
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == ("cross-origin" if "/img/" in path else "same-origin")


@pytest.mark.parametrize("path", ["/", "/programmes.json", "/admin/login/"])
def test_https_is_demanded_for_a_year_where_it_is_there(path: str, behind: Site, attacked: Site) -> None:
    assert behind.ask(path, **HTTPS)["Strict-Transport-Security"] == "max-age=31536000"
    assert not attacked.ask(path)["Strict-Transport-Security"]
    plain = behind.ask(path)
    assert (plain.status, plain["Location"]) == (301, f"https://{behind.host}{path}")


def test_cookies_stay_on_this_site_and_out_of_reach_of_scripts(behind: Site, attacked: Site) -> None:
    (secure,) = [value for name, value in behind.ask("/admin/login/", **HTTPS).headers if name == "Set-Cookie"]
    assert secure.startswith("__Host-csrftoken=")
    assert {"HttpOnly", "SameSite=Strict", "Secure", "Path=/"} <= set(secure.split("; "))
    assert "Domain" not in secure
    (plain,) = [value for name, value in attacked.ask("/admin/login/").headers if name == "Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict"} <= set(plain.split("; "))


@pytest.mark.parametrize("path", ["/", "/programmes.csv", "/static/img/share.png"])
def test_the_head_of_an_answer_comes_without_its_body(path: str, attacked: Site) -> None:
    answer = attacked.ask(path, method="HEAD")
    assert answer.body == b""
    assert attacked.ask(path).status == answer.status


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("TRACE", "/"),
        ("OPTIONS", "/programmes/"),
        ("PUT", "/about/"),
        ("DELETE", "/sitemap.xml"),
        ("PATCH", "/robots.txt"),
    ],
)
def test_a_method_that_is_not_possible_is_refused_in_words_under_a_name(method: str, path: str, attacked: Site) -> None:
    answer = attacked.ask(path, method=method)
    assert answer.status == 405
    assert f"{method} is not possible here" in answer.text
    assert answer["X-Request-ID"] in answer.text
