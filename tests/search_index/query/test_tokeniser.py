"""A query, split into tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.search_index.query.tokeniser import Token, tokenise

Form = tuple[tuple[str, ...], bool, bool]


def phrase(*words: str, excluded: bool = False) -> Form:
    return words, excluded, True


def word(*parts: str, excluded: bool = False) -> Form:
    return parts, excluded, False


def form(token: Token) -> Form:
    return token.words, token.excluded, token.exact


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("trade fairs", [word("trade"), word("fairs")]),
        ("  trade\tfairs\n", [word("trade"), word("fairs")]),
        ("trade TRADE Trade", [word("trade"), word("trade"), word("trade")]),
        ('"trade fairs"', [phrase("trade", "fairs")]),
        ("“trade fairs”", [phrase("trade", "fairs")]),
        ("„trade fairs“", [phrase("trade", "fairs")]),
        ('"trade fairs" japan', [phrase("trade", "fairs"), word("japan")]),
        ('"trade fairs", japan', [phrase("trade", "fairs"), word("japan")]),
        ('"trade fairs"japan', [phrase("trade", "fairs"), word("japan")]),
        ('"trade fairs"-japan', [phrase("trade", "fairs"), word("japan", excluded=True)]),
        ('"trade""fairs"', [phrase("trade"), phrase("fairs")]),
        ("-japan", [word("japan", excluded=True)]),
        ("trade -japan", [word("trade"), word("japan", excluded=True)]),
        ('-"trade fairs"', [phrase("trade", "fairs", excluded=True)]),
        ("trade - fairs", [word("trade"), word("fairs")]),
        ("--trade", [word("trade", excluded=True)]),
        ('"trade fairs', [word("trade"), word("fairs")]),
        ('trade fairs"', [word("trade"), word("fairs")]),
        ("R&D", [word("r", "d")]),
        ("it's it’s", [word("it"), word("it")]),
        ("start ups", [word("startups")]),
        ("co-operation start, ups", [word("cooperation"), word("start"), word("ups")]),
        ('"start ups" data -base', [phrase("startups"), word("data"), word("base", excluded=True)]),
        ("the data base", [word("the"), word("database")]),
        ("–japan −fairs ‑trade", [word(w, excluded=True) for w in ("japan", "fairs", "trade")]),
        ("high-tech", [word("high", "tech")]),
        ("snake_case", [word("snake", "case")]),
        ("the role of SMEs", [word("the"), word("role"), word("of"), word("smes")]),
        ("the", [word("the")]),
        ("of the", [word("of"), word("the")]),
        ('"in the chain"', [phrase("in", "the", "chain")]),
        ("TÜRKİYE", [word("turkiye")]),
        ("中国 Ελλάδα", [word("中国"), word("ελλαδα")]),
        ("中国人", [word("中国", "国人")]),
        ("a\x00b\x07c", [word("a", "b", "c")]),
        ("trade AND fairs", [word("trade"), word("fairs")]),
        ("trade NOT fairs", [word("trade"), word("fairs", excluded=True)]),
        ('NOT "trade fairs" japan', [phrase("trade", "fairs", excluded=True), word("japan")]),
        ("trade –fairs", [word("trade"), word("fairs", excluded=True)]),
        ("not and or", [word("not"), word("and"), word("or")]),
        ("OR NOT AND", []),
        ("", []),
        (" \n ", []),
        ("!?% --- ... &", []),
        ('""', []),
        ('-""', []),
        ('"', []),
        ("-", []),
        ("\x00\x1b\x7f", []),
    ],
)
def test_a_search_is_taken_apart_into_words_phrases_and_exclusions(typed: str, found: list[Form]) -> None:
    assert list(map(form, tokenise(typed))) == found


def test_a_very_long_search_is_taken_apart_too() -> None:
    assert list(map(form, tokenise("x" * 100_000))) == [word("x" * 100_000)]
    assert len(tokenise(" ".join(map(str, range(20_000))))) == 20_000
    assert tokenise('"' * 100_000) == []


@given(st.text(alphabet=st.characters() | st.sampled_from("\"“”„-' aé\x00")))
def test_nothing_that_can_be_typed_raises(typed: str) -> None:
    for token in tokenise(typed):
        assert token.words


def test_or_makes_a_term_an_alternative_to_the_one_before_it() -> None:
    assert [token.alternative for token in tokenise('loans OR grants "trade fairs" OR patents')] == [
        False,
        True,
        False,
        True,
    ]
    assert [token.alternative for token in tokenise("OR loans")] == [False]
    assert [token.alternative for token in tokenise("loans OR -grants")] == [False, False]


@pytest.mark.parametrize(
    ("typed", "acronyms"),
    [
        ("IT adoption", ["IT"]),
        ("US SMEs", ["US"]),
        ("US FDI", ["US", "FDI"]),
        ("WHO PROVIDES TRAINING", []),
        ("I export", []),
    ],
)
def test_words_in_capitals_are_acronyms_unless_all_are(typed: str, acronyms: list[str]) -> None:
    assert [token.printed for token in tokenise(typed) if token.in_capitals] == acronyms


def test_a_term_is_kept_as_it_was_typed() -> None:
    assert [token.printed for token in tokenise('The high-tech, "Trade Fairs" -Türkiye')] == [
        "The",
        "high-tech",
        "Trade Fairs",
        "Türkiye",
    ]
