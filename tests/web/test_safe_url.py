"""Links to other sites."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.web.safe_url import safe_url


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://example.org"])
def test_an_address_of_the_web_stays(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "\x01javascript:a",
        ),
        *("data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "//evil.example", "/static//etc/passwd"),
        *(
            "https://example.org/a b",
            "https://example.org\\evil",
            "https://a.org/\u202etxt",
            'https://a.org/"',
            "http://@",
        ),
        *("https:", "https:evil", "http://[", "", "mailto:a@b.example", "javascript://example.org/%0aalert(1)"),
    ],
)
def test_any_other_is_none(url: str) -> None:
    assert safe_url(url) == ""


@given(st.text())
def test_nothing_else_comes_out(url: str) -> None:
    found = safe_url(url)
    assert not found or urlsplit(found).scheme in ("http", "https")
