"""What means harm, and how it is told that an answer does none."""

import json
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase
from markdown_it import MarkdownIt

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
    """Fail where a page has an element, an attribute or a link that would run something or load it from elsewhere."""
    for tag, attributes in Elements(page).found:
        assert tag not in ("blink", "iframe", "object", "embed", "base", "style"), tag
        data = attributes.get("type") in ("application/ld+json", "application/json")
        loaded = attributes.get("src") or ""
        assert data or tag not in ("script", "img") or loaded.startswith(("/static/", "/admin/jsi18n/")), attributes
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")], attributes
        for name in ("href", "src", "action", "formaction", "cite", "xlink:href"):
            address = (attributes.get(name) or "").strip().lower()
            assert not address.startswith(("javascript:", "//", "data:", "vbscript:")), address


def named(text: str) -> str:
    return ascii(text)[:40]
