"""Whatever comes from outside is read or refused, never an error: what Hypothesis makes up for every parser.

Parsers with more to say have their own: of words in tests/text/test_tokens.py, of codes in tests/signing_in/.
"""

import re
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gvc_catalogue import env
from gvc_catalogue.env import ConfigurationError
from gvc_catalogue.formats.csv import cell
from gvc_catalogue.site.static_export import file_of, is_exported
from gvc_catalogue.text.sanitise import one_line, strip_control_characters
from gvc_catalogue.web.middleware.access_log import id_of
from gvc_catalogue.web.middleware.page_cache import cache_key
from gvc_catalogue.web.pagination import PageNotFoundError, get_page
from programmes.presentation.filters import ComparisonFilter, EvidenceFilter
from programmes.schema.ticked_programmes import MOST, SLUG, asked, ticked_slugs
from programmes.search.filters import ProgrammeFilter
from recommendations.filters import RecommendationFilter
from tests.hostile import PARAMETERS

KEYS = {
    "country": ["JP", "MX"],
    "region": ["asia"],
    "category": ["1"],
    "recommendation": ["1.1"],
    "provider": ["company"],
    "status": ["running"],
    "instrument": ["grant"],
    "topic": ["clusters"],
    "beneficiary": ["smes"],
}
# Text, and text that is almost right.
anything = st.text(max_size=60) | st.from_regex(r"[-+]?[0-9٠-٩½Ⅷ.,eE_ ]{1,30}", fullmatch=True)
asking = st.lists(st.tuples(st.sampled_from([*PARAMETERS, "columns"]), anything), max_size=12)
# What may stand in a header: a server lets nothing else through.
header = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80)
HEADERS = ["If-None-Match", "Accept-Encoding", "Accept", "Cookie", "Origin", "X-Forwarded-For", "X-Request-ID", "Range"]


def query(pairs: list[tuple[str, str]]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, value in pairs:
        found.appendlist(name, value)
    return found


@given(anything, st.integers(0, 10**7))
def test_page_numbers(typed: str, total: int) -> None:
    with suppress(PageNotFoundError):
        found = get_page(typed, total)
        assert 1 <= found.number <= found.pages
        assert 0 <= found.start <= found.stop <= total


@given(asking)
def test_ticks(pairs: list[tuple[str, str]]) -> None:
    found = ticked_slugs(query(pairs))
    assert len(found) <= MOST
    assert all(SLUG.fullmatch(slug) for slug in found)
    assert set(found) <= set(asked(query(pairs)))


@given(asking)
def test_query_strings(pairs: list[tuple[str, str]]) -> None:
    for kind in (ProgrammeFilter, EvidenceFilter):
        filters: Any = kind(query(pairs), KEYS)
        if filters.is_valid():
            assert all(set(values) <= set(KEYS[name]) for name, values in filters.selection.chosen.items())
        else:
            assert all(sentence.isprintable() for sentence in filters.sentences)
        assert filters.known_selection
    assert ComparisonFilter(query(pairs), {"country": KEYS["country"]}).sentences is not None
    assert RecommendationFilter(query(pairs), {"category": ["1"], "country": ["JP"]}).problems is not None


@given(header, header)
def test_ids_of_requests(given_id: str, other: str) -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": given_id, "X-Other": other})
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", id_of(request))


@given(st.text(max_size=80))
def test_cells(text: str) -> None:
    hidden = " \t\r\n\u200b\u200e\u200f\u2060\ufeff"
    written = cell(text)
    for part in re.split("[;\t\r\n]", written):
        assert not part.strip(hidden).startswith(("=", "+", "-", "@")), written
    assert written.replace("'", "") == text.replace("'", "")


@given(st.text(max_size=80))
def test_texts_for_files(text: str) -> None:
    assert "\x00" not in strip_control_characters(text)
    assert "\n" not in one_line(text)


@given(st.text(max_size=60))
def test_addresses_of_an_export(text: str) -> None:
    for address in (
        f"/programmes/?q={quote(text, errors='replace')}",
        f"/{quote(text, errors='replace')}",
        f"/programmes/{text}",
    ):
        with suppress(ValueError):
            assert file_of(address) is not None
            assert is_exported(address) in (True, False)


@given(st.text(max_size=60))
def test_values_of_the_environment(text: str) -> None:
    environ = {"X": text}
    for read in (
        lambda: env.yes_or_no(environ, "X", default=False),
        lambda: env.integer(environ, "X", 1, 1, 9),
        lambda: env.networks(environ, "X", []),
        lambda: env.items(environ, "X", []),
    ):
        with suppress(ConfigurationError):
            read()


@given(st.dictionaries(st.sampled_from([*HEADERS, "Host"]), header))
def test_headers_that_pages_are_kept_by(headers: dict[str, str]) -> None:
    request: Any = RequestFactory().get("/programmes/?q=a", headers=headers)
    found = cache_key(request)
    assert found is None or found.rpartition(" ")[0] == f"http://{request.get_host()}/programmes/?q=a"


@pytest.mark.django_db
@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(HEADERS), header))
def test_headers(headers: dict[str, str]) -> None:
    for path in ("/programmes/?q=sme", "/programmes.csv", "/admin/"):
        assert Client().get(path, headers=headers).status_code in (200, 302, 304)


@pytest.mark.django_db
@settings(max_examples=60)
@given(st.text(max_size=40), st.sampled_from(["programmes", "countries", "recommendations", "citations", "api/v1"]))
def test_paths(text: str, folder: str) -> None:
    part = quote(text, safe="", errors="replace")
    for path in (f"/{folder}/{part}", f"/{folder}/{part}/", f"/{folder}/{part}.json", f"/{folder}/{part}.bib"):
        assert Client().get(path).status_code in (200, 301, 302, 404)


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["title", "url", "date"]), anything)
def test_forms_of_curators(admin_client: Client, name: str, text: str) -> None:
    typed = {"title": "A report", "url": "https://example.org/", "date": "2010-01-01", name: text}
    answer = admin_client.post("/admin/programmes/source/add/", typed)
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert admin_client.get("/admin/programmes/source/").status_code == 200
