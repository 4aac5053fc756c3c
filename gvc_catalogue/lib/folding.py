"""Text made blind to case and accents, the same on every database."""

import unicodedata

# Letters that Unicode does not take apart into a base letter and an accent.
UNDECOMPOSED = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def fold(text: str) -> str:
    """Return `text` in small letters without accents: "Türkiye" and "TURKIYE" both give "turkiye"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(UNDECOMPOSED)
