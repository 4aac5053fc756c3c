"""Comparing a wording with the source tells a curator whether a quotation is one, and where it stops being one."""

import pytest
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from gvc_catalogue.text.quotations import REPAIRS, Difference, UnknownSourceError, difference, repair, uncovered

SOURCE = (settings.BASE_DIR / "fixtures/source/action-statement.txt").read_text(encoding="utf-8")
STATEMENT = repair(SOURCE)
ANNEX = STATEMENT.annex


@pytest.mark.parametrize(
    "wording",
    [
        "sectors with internationally-recognised experts",
        "provides tailor-made consultancies",
        "where start-ups are given suitable infrastructure,",
        "on regional, cross-regional, or cross-border levels.",
        "knowledge-intensive and export-oriented market segments",
        "facilitating companies’ efforts to expand",
        "The ‘IP Toolbox’ and ‘Smart Start’ are products",
        "Network—particularly CDE’s Plus provides",
    ],
)
def test_what_the_extraction_broke_reads_as_printed(wording: str) -> None:
    assert difference(wording, ANNEX) is None


def test_part_iii_asks_to_co_operate_with_its_hyphen() -> None:
    assert difference("and to co-operate with the Investment Committee,", STATEMENT.body) is None


def test_the_three_words_of_1_2_stand_in_their_place_again() -> None:
    whole = (
        "Encouraging SMEs to call in external consultants for the implementation of feasibility studies and market "
        "research in order to support FDIs. Encouraging SME investment"
    )
    assert difference(whole, STATEMENT.body) is None


@pytest.mark.parametrize(
    "misprint",
    [
        "engage in B2B.In addition Japan provides a data base",
        "funding cooperative research programmes.",
        "Mexico’s the Business Development Centres",
        "Japan has and advanced financing programme",
        "advisory services that facilitate upgrading by firms and or industrial parks/incubators.",
        "supports SME to protect and use their IP",
        "Country/ Economy or Company or IOs Examples",
    ],
)
def test_misprints_of_the_original_stay(misprint: str) -> None:
    assert difference(misprint, ANNEX) is None


def test_the_heads_of_the_columns_are_told_once_and_page_numbers_never() -> None:
    assert ANNEX.count("Categories of support") == 1
    assert ANNEX.count("Country/ Economy or Company or IOs Examples") == 1
    assert "9" not in ANNEX.split()


def test_body_and_annex_are_apart() -> None:
    assert difference("development of industry groupings (i.e. clusters)", STATEMENT.body) is None
    assert difference("development of industry groupings (i.e. clusters)", ANNEX) == Difference(
        expected="industry", printed="branch", before="development of"
    )


@pytest.mark.parametrize(
    ("wording", "fault"),
    [
        ("The quick fox jumps over the lazy dog", Difference("fox", "brown", "The quick")),
        ("A quick brown fox jumps", Difference("A", "The", "")),
        ("quick brown fox leaps over the lazy dog", Difference("leaps", "jumps", "quick brown fox")),
        ("the lazy dog sleeps and snores", Difference("and", "", "the lazy dog sleeps")),
        ("quick brown fox over the lazy dog sleeps", Difference("over", "jumps", "quick brown fox")),
        ("The very quick brown fox", Difference("very", "quick", "The")),
        ("the lazy do", Difference("do", "dog", "the lazy")),
        ("", Difference("", "", "")),
    ],
)
def test_a_false_quotation_is_shown_at_its_first_false_word(wording: str, fault: Difference) -> None:
    assert difference(wording, "The quick brown fox jumps over the lazy dog sleeps") == fault


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Difference("fox", "dog", "The lazy"), "has “fox” where the source has “dog”, after “The lazy”"),
        (Difference("A", "The", ""), "has “A” where the source has “The”, at its beginning"),
        (Difference("more", "", "the end"), "has “more” where the source ends, after “the end”"),
        (Difference("", "", ""), "has no words"),
    ],
)
def test_a_difference_says_itself_in_a_sentence(fault: Difference, sentence: str) -> None:
    assert str(fault) == sentence


@given(st.data())
def test_whatever_stands_in_the_source_is_found_there(data: st.DataObject) -> None:
    words = ANNEX.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, min(len(words), start + 60)))
    assert difference("  \n".join(words[start:end]), ANNEX) is None


@given(st.data())
def test_one_changed_word_is_found_wherever_it_stands(data: st.DataObject) -> None:
    words = ANNEX.split()
    start = data.draw(st.integers(0, len(words) - 30))
    changed = data.draw(st.integers(0, 29))
    wording = words[start : start + 30]
    assume(changed != 0 or start > 0)
    wording[changed] = "otherwise"
    fault = difference(" ".join(wording), ANNEX)
    assert fault is not None
    assert (fault.expected, fault.printed) == ("otherwise", words[start + changed])


def test_what_no_wording_tells_is_named() -> None:
    assert uncovered(["one two", "four", "not there"], "one two three four five six") == ["three", "five six"]
    assert uncovered(["three four", "one two three"], "one two three four") == []


@pytest.mark.parametrize("damaged", [damaged for damaged, _, _ in REPAIRS if " " not in damaged])
def test_another_source_is_refused(damaged: str) -> None:
    with pytest.raises(UnknownSourceError, match="in the source, not"):
        repair(SOURCE.replace(damaged, "otherwise"))


def test_a_source_without_an_annex_is_refused() -> None:
    with pytest.raises(UnknownSourceError, match="ANNEX"):
        repair("Background")
