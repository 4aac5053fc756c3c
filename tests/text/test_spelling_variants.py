"""British and American spellings."""

import pytest

from gvc_catalogue.search_index.analysis import stem
from gvc_catalogue.text.spelling_variants import AMERICAN_AND_BRITISH, british


@pytest.mark.parametrize(
    ("american", "spelling"),
    [
        ("organization", "organisation"),
        ("organizational", "organisational"),
        ("commercialize", "commercialise"),
        ("analyzing", "analysing"),
        ("customizable", "customisable"),
        *[
            (word, word)
            for word in [
                "size",
                "sized",
                "resize",
                "prize",
                "prizes",
                "seize",
                "capsize",
                "maize",
                "belize",
                "wizened",
                "downsizing",
            ]
        ],
        ("emphasizes", "emphasises"),
    ],
)
def test_ize_is_ise_unless_the_word_is_spelt_with_z_everywhere(american: str, spelling: str) -> None:
    assert british(american) == spelling


@pytest.mark.parametrize(
    "word",
    ["size", "sized", "resize", "midsize", "prize", "seize", "capsize", "maize", "belize", "citizen", "blitz", "organ"],
)
def test_a_word_that_is_spelt_with_z_everywhere_stays(word: str) -> None:
    assert british(word) == word


@pytest.mark.parametrize(
    "words",
    [
        "organisation organization organize organised Organizing",
        "programme programmes program programs",
        "centre centres center Centers centered centring",
        "labour labor labors labourer",
        "licence license licensed licensing",
        "practise practice",
        "cheque check cheques",
        "ageing aging",
        "fulfil fulfill fulfilment fulfillment",
        "enrol enrolment enrollment",
        "modelling modeling",
        "skilful skillful",
        "judgement judgment",
        "catalogue catalog",
        "grey gray",
        "behavioural behavioral behaviour",
    ],
)
def test_both_spellings_find_each_other(words: str) -> None:
    assert len({stem(word.lower()) for word in words.split()}) == 1


@pytest.mark.parametrize(("american", "spelling"), AMERICAN_AND_BRITISH)
def test_every_pair_of_the_table_has_one_stem(american: str, spelling: str) -> None:
    assert stem(american) == stem(spelling)


@pytest.mark.parametrize(
    "words",
    [
        "commercialisation commercial",
        "commercialization commercial",
        "globalization global",
        "organization organ",
        "authorization author",
        "programming programme",
        "laboratory labour",
        "centre central",
    ],
)
def test_no_spelling_is_taken_for_another_word(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 2
