"""Texts fit for files."""

import pytest

from gvc_catalogue.text.sanitise import one_line, strip_control_characters


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("Türkiye\tand 日本\n", "Türkiye\tand 日本\n"),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        ("a\x00b\x1fc\x7fd\x9fe", "a�b�c�d�e"),
        ("half \ud83d a pair", "half � a pair"),
        ("no\ufffe\uffffcharacter", "no��character"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_a_sign_stands_for_each_character_that_no_file_may_hold(text: str, fit: str) -> None:
    assert strip_control_characters(text) == fit


def test_a_text_on_one_line_has_single_spaces_and_no_line_ends_of_any_kind() -> None:
    assert one_line(" a\r\nb\u2028c\x85d\x0be\u00a0\u00a0f\x1c ") == "a b c d e f"
    assert one_line("a\x00\nb") == "a� b"
    assert one_line(" \n ") == ""
