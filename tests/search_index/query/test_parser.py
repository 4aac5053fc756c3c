"""What a reader typed, as what is wanted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.query.gazetteer import Entity, Gazetteer
from gvc_catalogue.search_index.query.parser import Clause, Lexicon, Synonyms, parse_query

SYNONYMS = Synonyms.of(
    [["SME", "small and medium-sized enterprise", "small firm"], ["R&D", "research and development"]]
)
IRELAND = Entity("country:IE", "Ireland", ("Ireland", "Irish", "Éire"))
STATES = Entity("country:US", "United States", ("United States", "USA"), ("facet/country/US",), ("US",))
LOAN = Entity("term:loan", "Loan or credit", ("loan", "credit", "soft loan"), ("facet/instrument/loan",), concept=True)
CREDIT = Entity("term:export-finance", "Export finance", ("export credit",), concept=True)
LEXICON = Lexicon(SYNONYMS, Gazetteer.of([IRELAND, STATES, LOAN, CREDIT]))


def clauses(query: str) -> list[Clause]:
    return parse_query(query, LEXICON).clauses


def phrases(clause: Clause) -> set[str]:
    return {" ".join(words) for words in clause.phrases}


def forms(*texts: str) -> set[str]:
    return {" ".join(analyse(text)) for text in texts}


def test_each_word_is_one_want_and_small_words_are_none() -> None:
    assert [clause.typed for clause in clauses("patents for the firms")] == ["patents", "firms"]
    assert [clause.typed for clause in clauses("the")] == ["the"]
    assert clauses("") == clauses("!? -") == []


def test_an_expression_without_a_word_means_nothing() -> None:
    found = Synonyms.of([["zebra", "(.*)*", "–", ""]])
    assert phrases(parse_query("zebra", Lexicon(found)).clauses[0]) == {"zebra"}


@pytest.mark.parametrize(
    "typed", ["SME", "smes", "small firms", "Small and Medium-Sized Enterprises", "small medium sized enterprise"]
)
def test_synonyms_stand_for_each_other_both_ways(typed: str) -> None:
    (clause,) = clauses(typed)
    found = phrases(clause) | {" ".join(words) for words in clause.apart}
    long_form = forms("small and medium-sized enterprise") if "edium" in typed else set()
    assert forms("sme", "small and medium-sized enterprise", "small firm") <= found | long_form
    assert not clause.exact


def test_what_a_synonym_means_is_known_as_it_is_written() -> None:
    (clause,) = clauses("SMEs")
    assert dict(clause.meanings) == {
        tuple(analyse("small and medium-sized enterprise")): "small and medium-sized enterprise",
        ("small", "firm"): "small firm",
    }


def test_words_of_a_synonym_may_also_stand_apart() -> None:
    (clause,) = clauses("small firms")
    assert clause.apart == (("small", "firm"),)
    assert [clause.apart for clause in clauses("small firm network")] == [(("small", "firm"),), ()]


def test_of_overlapping_runs_the_longest_from_the_left_is_taken() -> None:
    assert [clause.typed for clause in clauses("research and development small firm x")] == [
        "research and development",
        "small firm",
        "x",
    ]


def test_r_and_d_is_one_want() -> None:
    (clause,) = clauses("R&D")
    assert forms("R&D", "research and development") <= phrases(clause)


def test_quoted_words_stand_as_they_are_and_are_kept_to() -> None:
    (clause,) = clauses('"small firms"')
    assert (phrases(clause), clause.exact, clause.excluded) == (forms("small firm"), True, False)


def test_an_exclusion_is_of_all_that_its_words_find() -> None:
    for words in "SME", "soft loans", "Ireland":
        (wanted,), (excluded, _) = clauses(words), clauses(f"NOT {words} AND trade")
        assert replace(excluded, excluded=False) == wanted


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ['"', "-", "small", "firm", "sme", "R&D", " ", "“", "the", " OR ", " NOT ", "US", "export credit"]
        )
    ).map("".join)
)
def test_no_input_is_an_error(query: str) -> None:
    for clause in clauses(query):
        assert clause.phrases or clause.apart or clause.entities or clause.in_capitals
        assert all(all(words) and words for words in clause.phrases)


def test_a_name_stands_for_what_it_names() -> None:
    (clause,) = clauses("IRISH")
    assert (clause.names, clause.concepts) == ((IRELAND,), ())
    assert [clause.names for clause in clauses("smes in the United States")] == [(), (STATES,)]


def test_a_name_that_is_an_english_word_counts_in_capitals_only() -> None:
    assert [clause.names for clause in clauses("US consortia")] == [(STATES,), ()]
    assert [clause.typed for clause in clauses("help us with consortia")] == ["consortia"]


def test_a_label_of_a_term_widens_its_words() -> None:
    (clause,) = clauses("credits")
    assert (clause.phrases, clause.concepts) == ((("credit",),), (LOAN,))
    (clause,) = clauses("soft loans")
    assert (clause.phrases, clause.apart, clause.concepts) == ((), (("soft", "loan"),), (LOAN,))


def test_of_labels_the_longest_is_taken() -> None:
    assert [clause.concepts for clause in clauses("export credit agencies")] == [(CREDIT,), ()]


def test_quoted_words_are_no_labels() -> None:
    assert [clause.entities for clause in clauses('"soft loan" "Ireland"')] == [(), (IRELAND,)]


def test_an_exclusion_ends_with_the_name_it_begins() -> None:
    assert [(c.typed, c.excluded) for c in clauses("NOT United States firms")] == [
        ("united states", True),
        ("firms", False),
    ]


def test_either_of_two_is_one_clause() -> None:
    (clause,) = clauses("patents OR soft loan OR Ireland")
    assert (clause.typed, clause.printed) == ("patents or soft loan or ireland", "patents OR soft loan OR Ireland")
    assert (clause.phrases, clause.apart) == ((("patent",), ("ireland",)), (("soft", "loan"),))
    assert clause.entities == (LOAN, IRELAND)
    assert [part.typed for part in clause.parts] == ["patents", "soft loan", "ireland"]
    assert [part.typed for part in clauses("patents OR the US")[0].parts] == ["patents", "us"]


def test_a_word_that_two_names_share_belongs_to_both() -> None:
    assert [clause.typed for clause in clauses("soft loan OR export credit")] == ["soft loan or export credit"]
    assert [clause.typed for clause in clauses("export credit export")] == ["export credit", "export"]
    assert [clause.typed for clause in clauses("trade TRADE trade")] == ["trade"]


def test_a_label_that_was_typed_in_full_leaves_nothing_out() -> None:
    found = parse_query("the small and medium-sized enterprises of Ireland", LEXICON)
    assert [clause.printed for clause in found.clauses] == ["small and medium-sized enterprises", "Ireland"]
    assert found.ignored == ["the", "of"]


def test_a_small_word_in_capitals_is_never_the_small_word_of_texts() -> None:
    assert [(clause.typed, clause.phrases) for clause in clauses("WHO loans")] == [("who", ()), ("loans", (("loan",),))]
    assert [clause.typed for clause in clauses("IT loans")] == ["it", "loans"]


def test_words_of_a_question_are_not_searched_for_unless_there_are_no_others() -> None:
    found = parse_query("Which countries give loans to the SMEs?", LEXICON)
    assert [clause.typed for clause in found.clauses] == ["loans", "smes"]
    assert found.ignored == ["to", "the", "Which", "countries", "give"]
    assert [clause.typed for clause in clauses("which countries")] == ["which", "countries"]
    assert [clause.typed for clause in clauses("support -loans")] == ["support", "loans"]


def test_a_small_word_in_capitals_is_a_word() -> None:
    assert [clause.typed for clause in clauses("IT for WHO")] == ["it", "who"]
    assert [clause.typed for clause in clauses("it is for who trades")] == ["trades"]
