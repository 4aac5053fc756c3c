"""How text becomes words to search by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.search_index.analysis import analyse, folded_words, spans, stem


@pytest.mark.parametrize(
    "forms",
    [
        "sme SME SMEs smes",
        "mne MNEs",
        "gvc GVCs",
        "patent patents patenting patented",
        "policy policies",
        "cluster clusters Clustering",
        "consortium consortia",
        "criterion criteria",
        "analysis analyses",
        "Türkiye turkiye TÜRKIYE Tu\u0308rkiye",
        "Größe grosse",
        "training trainings",
        "company companies",
    ],
)
def test_forms_of_a_word_are_one(forms: str) -> None:
    assert len(set(analyse(forms))) == 1


@pytest.mark.parametrize(
    "words", ["us uses", "process progress", "asia asian", "gas gate", "bus business", "trade tree"]
)
def test_words_that_look_alike_stay_apart(words: str) -> None:
    assert len(set(analyse(words))) == 2


def test_everything_but_letters_and_digits_parts_words() -> None:
    assert folded_words("R&D, e-business: Canada’s 2002+ under_score") == [
        *("r", "d", "ebusiness", "canada", "2002", "under", "score")
    ]
    assert analyse("") == analyse("!? – “”") == []


@given(st.text())
def test_any_text_has_stems_that_are_not_empty(text: str) -> None:
    found = analyse(text)
    assert all(found)
    assert found == [stem(word) for word in folded_words(text)]
    assert all(" " not in word for word in found)


@given(
    st.text() | st.lists(st.sampled_from(["Trade", "fairs,", "Türkiye", "–", "SMEs", "R&D", "中国人"])).map(" ".join)
)
def test_spans_have_the_words_of_the_text(text: str) -> None:
    assert [word for _, _, word in spans(text)] == analyse(text)
