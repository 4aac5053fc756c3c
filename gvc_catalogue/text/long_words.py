"""Truncation of very long words, which would fill a heading."""

import re

# The most characters of a word in headings and chips.
LONGEST_WORD = 60
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def cut_long_words(text: str) -> str:
    """Return a text with each word of more than LONGEST_WORD characters cut to that length; the last one is "…"."""
    return LONG_WORD.sub(lambda word: f"{word[0][: LONGEST_WORD - 1]}…", text)
