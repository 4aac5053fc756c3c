"""No input whatever breaks a page, and none comes back unescaped."""

import json
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponseBase
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

pytestmark = pytest.mark.django_db

MARK = "zqzq"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Each may come to be a number, a key, a word, SQL, a pattern, a path, a template, markup or a header.
MARKUP = [
    *(
        "<",
        "<>",
        "<blink>",
        "</main>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?xml",
        "&",
        "&amp;",
        "&#60;",
        "&nbsp",
        "'",
        '"',
        "`",
    ),
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    "x onerror=alert(1)",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>",
    "javascript:alert(1)",
    "//evil.example/",
    *("{{ 7*7 }}", "{% debug %}", "{% endblock %}", "${7*7}", "<%= 7*7 %>", "#{7*7}"),
    *(
        "\r\nSet-Cookie: a=b",
        "\r\n\r\n<html>",
        "\x00",
        "a\x00b",
        "\x01\x02\x1b[31m",
        "\x7f",
        "\u2028",
        "\u202e",
        "\ufffe",
    ),
]
NONSENSE = [
    *MARKUP,
    *(" ", "\t", "\n", "a\nb", "\u00a0", "\u3000", "\u200b", "''", '""', "\\", "/", "//", "\ufeff", "\U0010ffff"),
    *(
        "-",
        "---",
        "-a",
        '-"',
        '-"a',
        "+",
        "%",
        "%s",
        "%n",
        "%00",
        "%ff",
        "#",
        "?",
        "=",
        ";",
        "*",
        ".",
        "..",
        "../../etc/passwd",
    ),
    *(
        "..\\..\\",
        "/etc/passwd\x00",
        "file:///etc/passwd",
        "a:b",
        "a/b",
        "(",
        ")",
        "((",
        "[",
        "]",
        "[a-",
        "[^",
        "(?i)a",
    ),
    *("(a+)+$", "a{1,99999}", "\\1", "(?P<n>", "^$", "|", "$", "{", "}"),
    *(
        "0",
        "1",
        "-0",
        "-1",
        "00",
        "1e3",
        "1e999",
        "0x10",
        "NaN",
        "-inf",
        "1.5",
        "1,5",
        "١",
        "²",
        "½",
        "Ⅷ",
        "一",
        "1_000",
    ),
    *("9" * 10, "9" * 20, "9" * 400, "2147483648", "9223372036854775808", "-9223372036854775809"),
    *("null", "None", "true", "[]", "{}", '{"a":1}', "[object Object]", "__proto__", "__class__", "name__contains"),
    *(
        "-name",
        "?order",
        "RANDOM()",
        "relevance,name",
        "JP,MX",
        "JP;MX",
        "jp",
        " JP ",
        "JPN",
        "ＪＰ",
        "1.1.",
        ".1",
        "i.",
        "I",
    ),
    *("' OR 1=1 --", '" OR ""="', "1; DROP TABLE programmes_programme", "1' UNION SELECT 1--", "%' OR '1'='1"),
    *("AND", "OR", "a AND", "title:", "title:*", "a~2", "a^2", "[a TO z]", "it's", "R&D", "the", "of the"),
    *(
        "=1+1",
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "é",
        "e\u0301",
        "ß",
        "İ",
        "ﬁ",
        "ﷺ",
        "日本語",
        "Ελλάδα",
        "עברית",
        "العربية",
    ),
    *("한국어", "ไทย", "हिन्दी", "🇯🇵", "\u0301", "a" + "\u0301" * 200, "𝒶𝒷𝒸", "\ud7ff", "\ue000", "xn--"),
    *(
        "a" * 299,
        "a" * 300,
        "a" * 301,
        "ae" * 150,
        "a " * 150,
        '"' * 300,
        '"a" ' * 75,
        "-a " * 100,
        "é" * 300,
        "a" * 16_000,
    ),
]
PARAMETERS = ["q", "country", "region", "category", "recommendation", "provider", "sort", "page", "programme"]
LISTS = ["/programmes.json", "/programmes.csv", "/recommendations.json", "/recommendations.csv", "/examples.csv"]
FILES = [
    "/programmes.bib",
    "/programmes.ris",
    "/programmes.xlsx",
    "/citations/programmes.bib",
    "/feeds/programmes.atom",
]
KINDS = ("text/csv", "application/x-bibtex", "application/x-research-info-systems", "application/atom+xml", XLSX)
API = ["/api/v1/programmes", "/api/v1/recommendations", "/api/v1/providers", "/api/v1/examples"]
PAGES = [
    "/programmes/",
    "/search/",
    "/recommendations/",
    "/",
    "/countries/",
    "/programmes/covisint/",
    "/evidence-map/",
    "/compare/",
]


class Elements(HTMLParser):
    """Every element of a page that could be a reader's: with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def whole(response: HttpResponseBase) -> str:
    """What was answered, streamed or not; a page that broke raised already."""
    answered: Any = response
    return str(answered.getvalue().decode(errors="ignore" if response["Content-Type"] == XLSX else "strict"))


def is_sound(response: HttpResponseBase, *allowed: int) -> None:
    """A status that is expected, and nothing in it that a browser, a program or a spreadsheet would run."""
    assert response.status_code in allowed
    assert "Set-Cookie" not in response
    kind = response["Content-Type"].partition(";")[0]
    text = whole(response)
    if kind == "text/html":
        nothing_runs(text)
    elif kind in KINDS:
        assert response.status_code == 200
    elif kind == "text/markdown":
        nothing_runs(MarkdownIt("commonmark").render(text))
    else:
        assert kind == ("application/json" if response.status_code == 200 else "application/problem+json")
        assert json.loads(text)


def nothing_runs(page: str) -> None:
    for tag, attributes in Elements(page).found:
        assert tag not in ("img", "blink", "iframe"), tag
        data = attributes.get("type") == "application/ld+json"
        assert tag != "script" or data or (attributes.get("src") or "").startswith("/static/"), attributes
        assert not [name for name in attributes if name.startswith("on")], attributes
        address = attributes.get("href") or attributes.get("src") or attributes.get("action") or ""
        assert not address.lower().startswith(("javascript:", "//", "data:")), address


def named(text: str) -> str:
    return ascii(text)[:40]


@pytest.mark.parametrize("text", NONSENSE, ids=named)
def test_nonsense_in_parameters_is_answered(client: Client, text: str) -> None:
    every = dict.fromkeys(PARAMETERS, text)
    for address in ("/programmes.json", "/programmes.csv", "/recommendations.json"):
        is_sound(client.get(address, every), 200, 422)
    for address in FILES:
        is_sound(client.get(address, {"q": text}), 200, 422)
    for address in API:
        is_sound(client.get(address, every), 200, 404, 422)
    is_sound(client.get("/brief.md", {"programme": text}), 200)
    is_sound(client.get("/programmes.json", {"q": text}), 200, 422)
    is_sound(client.get("/programmes/covisint/", {"page": text}), 200)


@pytest.mark.parametrize("text", MARKUP, ids=named)
def test_markup_in_parameters_does_nothing_on_a_page(client: Client, text: str) -> None:
    for address in ("/programmes/", "/recommendations/", "/", "/compare/", "/brief/"):
        is_sound(client.get(address, dict.fromkeys(PARAMETERS, text)), 200)
    for address in ("/programmes/", "/search/"):
        is_sound(client.get(address, {"q": text}), 200)
    is_sound(client.get("/programmes/", {"page": text}), 404)


@pytest.mark.parametrize("text", [text for text in NONSENSE if text not in (".", "..")], ids=named)
def test_nonsense_in_an_address_is_not_found(client: Client, text: str) -> None:
    part = quote(text, safe="")
    for folder in ("programmes", "recommendations", "countries"):
        is_sound(client.get(f"/{folder}/{part}/"), 200, 301, 404)
        is_sound(client.get(f"/api/v1/{folder}/{part}"), 200, 404)
    for form in ("json", "bib", "ris"):
        is_sound(client.get(f"/recommendations/{part}.{form}"), 200, 404)
    is_sound(client.get(f"/api/v1/{part}"), 200, 404)
    is_sound(client.get(f"/{part}"), 200, 301, 302, 404)


def test_what_was_typed_comes_back_escaped(client: Client) -> None:
    typed = f"<i class=\"{MARK}\">'{MARK}'&"
    for address in ("/programmes/", "/search/"):
        page = whole(client.get(address, {"q": typed}))
        assert typed not in page
        assert f"&lt;i class=&quot;{MARK}&quot;&gt;&#x27;{MARK}&#x27;&amp;" in page
    for address, name in (("/compare/", "country"), ("/brief/", "programme")):
        page = whole(client.get(address, {name: typed}))
        assert MARK in page
        assert f'<i class="{MARK}' not in page
    for name in ("country", "sort", "page"):
        page = whole(client.get("/programmes/", {name: typed}))
        assert MARK in page
        assert f'<i class="{MARK}' not in page


@pytest.mark.parametrize("address", [*LISTS, *FILES, *API, *PAGES])
@pytest.mark.parametrize(
    "query",
    [
        "%",
        "%zz",
        "q=%ff%fe",
        "q=%ed%a0%80",
        "q=%c0%ae",
        "&&&===",
        "q",
        "=",
        "q[]=a&q[b]=c",
        "q=a;country=JP",
        "country=JP" + "&country=XX" * 500,
        "&".join(f"country={number}" for number in range(990)),
        "page=1&page=x&page=2",
        "q=" + "a" * 100_000,
    ],
    ids=lambda query: query[:20],
)
def test_query_strings_that_are_none_are_answered(client: Client, address: str, query: str) -> None:
    is_sound(client.get(address, QUERY_STRING=query), 200, 404, 422)


@pytest.mark.parametrize("address", [*LISTS, *API, *PAGES])
def test_more_parameters_than_anyone_types_are_refused_in_words(client: Client, address: str) -> None:
    is_sound(client.get(address, QUERY_STRING="a=1&" * 2000), 200, 400)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=40), min_size=1))
def test_whatever_else_is_typed_is_answered(asked: dict[str, str]) -> None:
    client = Client()
    for address in ("/programmes.json", "/recommendations.json", "/programmes/"):
        is_sound(client.get(address, asked), 200, 404, 422)
