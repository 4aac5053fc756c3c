"""Sanitisation of text for export files: removes control characters, and line breaks where a format forbids them."""

import re

# Characters that XML forbids or UTF-8 cannot encode, and control characters except tab and line ends.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SIGN = "�"


def strip_control_characters(text: str) -> str:
    """Return the text with line ends as "\\n", and with U+FFFD in place of each forbidden character."""
    return UNFIT.sub(SIGN, text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return the same text on one line: each run of white space and line ends is one space, none at the ends."""
    return strip_control_characters(" ".join(text.split()))
