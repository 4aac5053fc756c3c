"""Texts made fit for files that others read: no character that a format forbids, no line end where none may stand."""

import re

# What XML forbids and UTF-8 cannot carry, and the controls that nobody sees: all but tab and line ends.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SIGN = "�"


def strip_control_characters(text: str) -> str:
    """Return the text with line ends as "\\n", and a sign in place of each character that no file may hold."""
    return UNFIT.sub(SIGN, text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return the same on one line: each run of white space, line ends among it, is one space, and none at the ends."""
    return strip_control_characters(" ".join(text.split()))
