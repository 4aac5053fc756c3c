"""Words in headings that are too long are cut."""

import pytest

from gvc_catalogue.text.long_words import cut_long_words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", ""),
        ("a " * 100, "a " * 100),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        (f"short {'é' * 1900} words", f"short {'é' * 59}… words"),
    ],
)
def test_only_words_of_more_than_60_characters_are_cut(text: str, cut: str) -> None:
    assert cut_long_words(text) == cut
