"""What means harm, and how it is told that an answer does none."""

import json
import random
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from django.http import HttpResponseBase
from django.urls import get_resolver
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
        "a" * 2001,
        "a b " * 500,
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


# Each holds the mark, so that it can be looked for in the answer.
PAYLOADS = [
    *(f"<{MARK}>", f'"{MARK}="', f"'{MARK}='", f'"><{MARK} ', f"</script><{MARK}>", f"--><{MARK}>", f"]]><{MARK}>"),
    *(f"javascript:{MARK}", f"{{{{{MARK}}}}}", f"%3C{MARK}%3E", f"&lt;{MARK}&gt;", f"\r\n{MARK}: 1", f"\x00<{MARK}>"),
    *(
        f"(({MARK}+)+)+$",
        f"' OR {MARK}=1 --",
        f"../{MARK}/..",
        f"=cmd|{MARK}",
        f"{MARK}\u202e\ufffe",
        f"-{MARK}",
        f'"{MARK}',
    ),
]
# What would stand in a page if one of them came back as it was typed.
RAW = [f"<{MARK}", f'"{MARK}="', f"'{MARK}='", f"<{MARK}".upper()]
DATA = re.compile(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', re.DOTALL)
OTHERS = [
    "columns",
    "form",
    "next",
    "format",
    "callback",
    "_facets",
    "q[]",
    "country[]",
    "__proto__",
    "",
    "Q",
    "sort_by",
]
VALID = ["JP", "MX", "asia", "2", "2.1", "government", "grant", "name", "covisint", "1", "region", "opensearch", "sme"]


def public_addresses() -> list[str]:
    """One address of each kind that readers can ask for, taken from the table of all of them."""
    samples = {"slug": "covisint", "code": "JP", "number": "2.1", "name": "statement", "key": "grant"}
    found = []
    for route in routes(get_resolver().url_patterns, ""):
        if not route.startswith("admin/"):
            filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: samples[part[1]], route)
            found.append("/" + filled.replace("sitemap-programmes-2.1", "sitemap-programmes-1"))
    return found


def routes(patterns: Iterable[Any], before: str) -> Iterator[str]:
    """The patterns of all addresses, those of included tables too."""
    for pattern in patterns:
        whole_route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, whole_route)
        else:
            yield whole_route


def queries(number: int, seed: str) -> Iterator[str]:
    """So many hostile query strings, the same each time: known and unknown names, values and bytes of every kind."""
    chance = random.Random(seed)
    for _ in range(number):
        pairs = [pair(chance) for _ in range(chance.choice((1, 1, 1, 2, 3, 8)))]
        query = chance.choice(("&", "&", "&", ";", "&&")).join(pairs)
        yield query if chance.random() < 0.9 else damaged(query, chance)


def pair(chance: random.Random) -> str:
    name = chance.choice(PARAMETERS if chance.random() < 0.8 else [*OTHERS, chance.choice(PAYLOADS)])
    kind = chance.random()
    if kind < 0.4:
        value = chance.choice(PAYLOADS)
    elif kind < 0.7:
        value = chance.choice(NONSENSE)[:2000]
    elif kind < 0.85:
        value = chance.choice(VALID) + chance.choice(["", chance.choice(PAYLOADS)])
    else:
        value = "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xD7FF)))) for _ in range(12))
    return f"{quote(name, safe='')}={quote(value, safe='', errors='surrogatepass')}"


def damaged(query: str, chance: random.Random) -> str:
    """The query string with signs left out, doubled, or bytes that are no text put in."""
    place = chance.randrange(len(query) + 1)
    return (
        query[:place]
        + chance.choice(("%", "%ff%fe", "%c0%ae", "%00", "=", "&", "+" * 50, "%u0041", ""))
        + query[place + 1 :]
    )


def does_no_harm(response: HttpResponseBase, query: str, thorough: bool) -> None:
    """Fail where an answer is a fault of ours, or gives back what was typed so that it could run."""
    assert response.status_code < 500, query
    assert not response.cookies, query
    assert not [name for name, value in response.items() if MARK in name.lower() or "\n" in value], query
    text = whole(response)
    kind = response.get("Content-Type", "").partition(";")[0]
    if kind == "text/html":
        # Within data for programs a quotation mark ends nothing, and only "<" could.
        assert not [data for data in DATA.findall(text) if "<" in data or not json.loads(data)], query
        text = DATA.sub("", text)
    if kind in ("text/html", "application/atom+xml", "application/xml", "application/opensearchdescription+xml"):
        assert not [raw for raw in RAW if raw in text], query
    if kind == "text/html" and thorough:
        nothing_runs(text)
    if kind == "text/csv":
        assert not [line for line in text.splitlines() if line.startswith(("=", "@"))], query
    if kind.endswith("json") and text:
        json.loads(text)
