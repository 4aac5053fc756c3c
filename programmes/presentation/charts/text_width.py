"""Width of texts in a drawing, which the server cannot measure: estimated for a wide font, so that nothing overlaps."""

from unicodedata import east_asian_width

NARROW, WIDE = frozenset("fijlrtI.,;:'|!()[] -"), frozenset("mwMW%@—")
ELLIPSIS = "…"


def text_width(text: str, size: float) -> float:
    """Return an upper estimate of the width of a text in pixels, in a sans-serif font of this size."""
    return sum(map(_advance, text)) * size


def _advance(character: str) -> float:
    """Return the width of a character, in units of the font size, in DejaVu Sans, the widest of the usual fonts."""
    if character in NARROW:
        return 0.37
    if character in WIDE or east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() else 0.615


def cut_to_width(text: str, width: float, size: float) -> str:
    """Return a text that is not wider than `width`, cut at its end with an ellipsis if need be."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def wrap_to_width(text: str, width: float, size: float, most: int) -> list[str]:
    """Return a text in lines that are not wider than `width`, at most `most` of them; the last one may be cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [cut_to_width(line, width, size) for line in lines]
