"""What a reader asks of the list, as one object."""

import pytest

from gvc_catalogue.search_index.query.gazetteer import Entity
from gvc_catalogue.search_index.query.parser import Clause
from gvc_catalogue.search_index.query.understanding import UnderstoodQuery
from programmes.search.facet_definitions import FACETS
from programmes.search.list_query import ListQuery


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
    assert ListQuery(q=q, sort=sort).order == order


def test_what_narrows_the_list_is_named() -> None:
    assert ListQuery().active == []
    assert ListQuery(sort="country").active == []
    assert ListQuery(q="trade", country=("JP",), provider=("company",)).active == ["q", "country", "provider"]


def test_a_selection_is_a_query_string() -> None:
    asked = ListQuery(q="trade", country=("JP", "MX"), sort="name")
    assert asked.pairs == (("q", "trade"), ("country", "JP"), ("country", "MX"), ("sort", "name"))
    assert ListQuery().pairs == ()


def test_the_order_that_applies_anyway_is_not_asked() -> None:
    assert ListQuery(sort="name").pairs == ListQuery(sort="relevance").pairs == ()
    assert ListQuery(q="trade", sort="relevance").pairs == (("q", "trade"),)
    assert ListQuery(q="trade", sort="name").pairs == (("q", "trade"), ("sort", "name"))


def test_a_selection_says_itself_as_data() -> None:
    loan = Entity("term:loan", "Loan or credit", ("loan",), concept=True)
    iceland = Entity("country:IS", "Iceland", ("Iceland", "Island"))
    query = UnderstoodQuery(
        ignored=["the"],
        corrected={"trad": "trade"},
        expanded={"loan": (loan,)},
        absent=[Clause("island", "Island", entities=(iceland,)), Clause("film", "Film")],
    )
    assert ListQuery(q="trade xyzzy", country=("JP",)).as_json(query, ["Kenya"]) == {
        "q": "trade xyzzy",
        **dict.fromkeys(FACETS, ()),
        "country": ("JP",),
        "sort": "relevance",
        "dropped": ["the"],
        "corrected": {"trad": "trade"},
        "expanded": {"loan": ["loan"]},
        "absent": ["Iceland", "Film", "Kenya"],
    }
