"""What a reader typed, as what is wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.query.parser import Clause, Synonyms, parse_query

SYNONYMS = Synonyms.of(
    [["SME", "small and medium-sized enterprise", "small firm"], ["R&D", "research and development"]]
)


def phrases(clause: Clause) -> set[str]:
    return {" ".join(words) for words in clause.phrases}


def forms(*texts: str) -> set[str]:
    return {" ".join(analyse(text)) for text in texts}


def test_each_word_is_one_want_and_small_words_are_none() -> None:
    assert [clause.typed for clause in parse_query("patents for the firms", SYNONYMS)] == ["patents", "firms"]
    assert [clause.typed for clause in parse_query("the", SYNONYMS)] == ["the"]
    assert parse_query("", SYNONYMS) == parse_query("!? -", SYNONYMS) == []


def test_an_expression_without_a_word_means_nothing() -> None:
    found = Synonyms.of([["zebra", "(.*)*", "–", ""]])
    assert phrases(parse_query("zebra", found)[0]) == {"zebra"}


@pytest.mark.parametrize(
    "typed", ["SME", "smes", "small firms", "Small and Medium-Sized Enterprises", "small medium sized enterprise"]
)
def test_synonyms_stand_for_each_other_both_ways(typed: str) -> None:
    (clause,) = parse_query(typed, SYNONYMS)
    found = phrases(clause) | {" ".join(clause.apart)}
    long_form = forms("small and medium-sized enterprise") if "edium" in typed else set()
    assert forms("sme", "small and medium-sized enterprise", "small firm") <= found | long_form
    assert not clause.firm


def test_what_a_synonym_means_is_known_as_it_is_written() -> None:
    (clause,) = parse_query("SMEs", SYNONYMS)
    assert dict(clause.meanings) == {
        tuple(analyse("small and medium-sized enterprise")): "small and medium-sized enterprise",
        ("small", "firm"): "small firm",
    }


def test_words_of_a_synonym_may_also_stand_apart() -> None:
    (clause,) = parse_query("small firms", SYNONYMS)
    assert clause.apart == ("small", "firm")
    assert [clause.apart for clause in parse_query("small firm network", SYNONYMS)] == [("small", "firm"), ()]


def test_of_overlapping_runs_the_longest_from_the_left_is_taken() -> None:
    assert [clause.typed for clause in parse_query("research and development small firm x", SYNONYMS)] == [
        "research development",
        "small firm",
        "x",
    ]


def test_r_and_d_is_one_want() -> None:
    (clause,) = parse_query("R&D", SYNONYMS)
    assert forms("R&D", "research and development") <= phrases(clause)


def test_quoted_words_stand_as_they_are_and_are_kept_to() -> None:
    (clause,) = parse_query('"small firms"', SYNONYMS)
    assert (phrases(clause), clause.firm, clause.excluded) == (forms("small firm"), True, False)


def test_what_is_excluded_is_not_widened_by_synonyms() -> None:
    trade, excluded = parse_query("-sme trade", SYNONYMS)
    assert (trade.typed, trade.firm) == ("trade", False)
    assert (phrases(excluded), excluded.firm, excluded.excluded) == ({"sme"}, True, True)


@given(st.text() | st.lists(st.sampled_from(['"', "-", "small", "firm", "sme", "R&D", " ", "“", "the"])).map("".join))
def test_no_input_is_an_error(query: str) -> None:
    for clause in parse_query(query, SYNONYMS):
        assert clause.phrases or clause.apart
        assert all(all(words) and words for words in clause.phrases)
        assert clause.firm or not clause.excluded
