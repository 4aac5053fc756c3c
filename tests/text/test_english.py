"""Which words are words of English, so that they are never taken for misspelt."""

import pytest

from gvc_catalogue.text.english import english_words, is_english


@pytest.mark.parametrize(
    "word", ["gender", "venture", "internal", "iceland", "africa", "slovenia", "film", "secrets", "startups", "labour"]
)
def test_a_word_in_use_is_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize(
    "word", ["certifcation", "goverment", "recieve", "definately", "occured", "xyzzy", "sme", "turkiye"]
)
def test_a_misspelt_or_unknown_word_is_not(word: str) -> None:
    assert not is_english(word)


def test_some_tens_of_thousands_of_words_are_in_use() -> None:
    assert 30_000 < len(english_words()) < 70_000
