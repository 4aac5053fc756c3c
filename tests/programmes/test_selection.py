"""What a reader asks of the list, as one object."""

import pytest

from programmes.facet_definitions import FACETS
from programmes.selection import Selection


@pytest.mark.parametrize(
    ("q", "sort", "order"),
    [
        ("", "", "name"),
        ("", "relevance", "name"),
        ("", "country", "country"),
        ("trade", "", "relevance"),
        ("trade", "relevance", "relevance"),
        ("trade", "name", "name"),
    ],
)
def test_relevance_is_the_order_of_words_and_name_the_order_without(q: str, sort: str, order: str) -> None:
    assert Selection(q=q, sort=sort).order == order


def test_what_narrows_the_list_is_named() -> None:
    assert Selection().active == []
    assert Selection(sort="country").active == []
    assert Selection(q="trade", country=("JP",), provider=("company",)).active == ["q", "country", "provider"]


def test_a_selection_is_a_query_string() -> None:
    asked = Selection(q="trade", country=("JP", "MX"), sort="name")
    assert asked.pairs == (("q", "trade"), ("country", "JP"), ("country", "MX"), ("sort", "name"))
    assert Selection().pairs == ()


def test_the_order_that_applies_anyway_is_not_asked() -> None:
    assert Selection(sort="name").pairs == Selection(sort="relevance").pairs == ()
    assert Selection(q="trade", sort="relevance").pairs == (("q", "trade"),)
    assert Selection(q="trade", sort="name").pairs == (("q", "trade"), ("sort", "name"))


def test_a_selection_says_itself_as_data() -> None:
    assert Selection(q="trade xyzzy", country=("JP",)).as_json(["xyzzy"], {"trad": "trade"}) == {
        "q": "trade xyzzy",
        **dict.fromkeys(FACETS, ()),
        "country": ("JP",),
        "sort": "relevance",
        "dropped": ["xyzzy"],
        "corrected": {"trad": "trade"},
    }
