"""Text made blind to case and accents, the same on every database."""

import unicodedata

# Letters that Unicode does not take apart into a base letter and an accent.
UNDECOMPOSED = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)

# Characters that one character folds to at most: U+FDFA becomes four Arabic words.
GROWTH = 18


def fold(text: str) -> str:
    """Return `text` in small letters without accents: "Türkiye" and "TURKIYE" both give "turkiye"."""
    if text.isascii():  # Most of it is, and this is ten times as fast.
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("™", "").casefold())
    # Taken apart, some symbols give capitals; Korean syllables go together again.
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return unicodedata.normalize("NFC", bare.translate(UNDECOMPOSED))
