"""Query strings by removing and replacing values."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.web.querystring import Pairs, address, with_removed, with_replaced

ASKED: Pairs = (("q", "trade"), ("country", "JP"), ("country", "MX"), ("sort", "name"))


def test_one_value_is_removed_or_all() -> None:
    assert with_removed(ASKED, "country", "JP") == (ASKED[0], ASKED[2], ASKED[3])
    assert with_removed(ASKED, "country") == (ASKED[0], ASKED[3])
    assert with_removed(ASKED, "page") == ASKED
    assert with_removed((("q", ""), ("q", "a")), "q", "") == (("q", "a"),)


def test_values_are_replaced() -> None:
    assert with_replaced(ASKED, "country", ["CZ"]) == (ASKED[0], ASKED[3], ("country", "CZ"))
    assert with_replaced(ASKED, "country", []) == with_removed(ASKED, "country")


def test_nothing_asked_leaves_the_address_alone() -> None:
    assert address("/programmes/", ()) == "/programmes/"
    assert address("/programmes/", ASKED) == "/programmes/?q=trade&country=JP&country=MX&sort=name"


@given(st.lists(st.tuples(st.text(min_size=1), st.text())).map(tuple))
def test_an_address_says_what_was_asked_whatever_it_is(pairs: Pairs) -> None:
    query = urlsplit(address("/programmes/", pairs)).query
    assert tuple(parse_qsl(query, keep_blank_values=True)) == pairs
    assert not set("<>\"' ") & set(query)
