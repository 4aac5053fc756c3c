"""No word makes the catalogue search for ever: what readers and curators type becomes no pattern that explodes."""

import json
import re
import subprocess
import sys

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.admin.base import pattern
from programmes.models import Synonym
from tests.attacks.site import HANGS
from tests.factories import make_example, make_programme

pytestmark = pytest.mark.both

WORDS = [
    *("(a+)+$", "(a|a)*b", "a{1,99999}", "(.*)*x", "^(a+)+$", "(?:a|aa)+$", "\\w+\\w+\\w+\\w+$", "[^a]+[^b]+"),
    *("a" * 300, "ae" * 150, "ss" * 150, "a " * 150, '"' + "a " * 149 + '"', "-a " * 100, "é" * 300, "a\u0301" * 150),
    *(
        "æ" * 300,
        "ß" * 300,
        "İ" * 150,
        "ﷺ" * 300,
        "ies " * 75,
        "y " * 150,
        "sses " * 60,
        '" ' * 150,
        "“a" * 150,
        "𝒶" * 150,
    ),
]
# Long, and almost what is looked for: what makes a careless pattern try again and again.
TEXTS = [
    "a" * 4_000,
    "ae" * 2_000 + "!",
    "a " * 2_000,
    "s" * 4_000,
    "a\u0301" * 2_000,
    " " * 4_000,
    "æß" * 2_000,
    "aaa " * 1_000,
]
TRIED = """
import json, re, sys
patterns, texts = json.load(sys.stdin)
print(sum(bool(re.search(pattern, text)) for pattern in patterns for text in texts))
"""


def patterns() -> list[str]:
    return list(dict.fromkeys(filter(None, (pattern(run) for word in WORDS for run in word[:300].split()))))


def test_no_pattern_made_of_words_is_slow_on_any_text() -> None:
    """In a process of its own, which can be ended: a pattern that explodes does not stop by itself."""
    asked = json.dumps([patterns(), TEXTS])
    tried = subprocess.run(
        [sys.executable, "-c", TRIED], input=asked, capture_output=True, text=True, timeout=HANGS, check=True
    )
    assert int(tried.stdout) > 0


@given(st.text(max_size=60))
def test_whatever_is_typed_becomes_a_pattern_without_a_sign_of_its_own(typed: str) -> None:
    for run in typed.split():
        assert re.compile(pattern(run))
        assert not re.search(r"[+*}]\)[+*{]", pattern(run))


@pytest.mark.django_db
@pytest.mark.parametrize("word", WORDS, ids=lambda word: ascii(word)[:20])
def test_every_search_answers_any_word(word: str, client: Client, admin_client: Client) -> None:
    make_example("2.1", make_programme("long"), text=TEXTS[0] + " end")
    for path in ("/programmes.json", "/search/", "/search/suggest"):
        assert client.get(path, {"q": word[:300]}).status_code in (200, 422)
    assert admin_client.get("/admin/recommendations/recommendation/", {"q": word[:60]}).status_code == 200


@pytest.mark.django_db
def test_synonyms_are_words_and_no_patterns(client: Client) -> None:
    Synonym.objects.create(label="evil", words="\n".join([*WORDS, "zebra"]))
    for word in ("zebra", "(a+)+$", "aaa"):
        assert client.get("/programmes.json", {"q": word}).status_code == 200


@pytest.mark.django_db
def test_addresses_are_matched_without_trying_again(client: Client) -> None:
    for part in ("a-" * 4000, "-" * 8000, "a" * 8000, "1." * 4000, "%2e" * 2000, "/" * 8000):
        for start in ("/programmes/", "/recommendations/", "/countries/", "/citations/", "/sitemap-programmes-", "/"):
            assert client.get(f"{start}{part}!/").status_code == 404
