"""Case folding and removal of accents, with the same result on every database."""

import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
UNDECOMPOSED = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)

# Maximum number of characters that one character folds to: U+FDFA becomes four Arabic words.
GROWTH = 18


def fold(text: str) -> str:
    """Return `text` in lower case without accents: "Türkiye" and "TURKIYE" both give "turkiye"."""
    if text.isascii():  # Most text is ASCII, and this is ten times as fast.
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("™", "").casefold())
    # Some symbols decompose into capitals; NFC composes Korean syllables again.
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return unicodedata.normalize("NFC", bare.translate(UNDECOMPOSED))
