"""Markdown escaping: no parser reads an escaped text as markup or HTML.

Only characters that CommonMark, GitHub or pandoc read as markup are escaped, so that the source remains readable.
"""

import re
from urllib.parse import quote

from gvc_catalogue.text.sanitise import one_line

# Characters that begin or end markup inside a line. A colon before a letter makes a URL or a GitHub emoji, a full stop
# after "www" makes a URL.
INSIDE = re.compile(r"[\\`*_{}\[\]<>&#|~!$^=@]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
# Characters that make a list or a definition at the beginning of a line.
FIRST = re.compile(r"^([-+:]|\d+(?=[.)](?:\s|$)))")
# Characters of a URL inside (…); "%" too, so that percent-encoded characters are not encoded again.
ADDRESS = "!#$%'*+,-./:=?@_~&"


def text(words: str) -> str:
    """Return a text escaped for Markdown, on one line, for any position in a line."""
    inside = INSIDE.sub(r"\\\g<0>", one_line(words))
    first = FIRST.match(inside)
    if not first:
        return inside
    # Of a list's number the character behind it is escaped, otherwise the character itself.
    number = first[0] if first[0].isdigit() else ""
    return f"{number}\\{inside[len(number) :]}"


def link(words: str, url: str) -> str:
    """Return a Markdown link, or the escaped text alone where the URL is neither http nor https."""
    if not url.startswith(("https://", "http://")):
        return text(words)
    return f"[{text(words)}]({quote(one_line(url), safe=ADDRESS)})"


def address(url: str) -> str:
    """Return a URL as an autolink: <https://…>."""
    return f"<{quote(one_line(url), safe=ADDRESS)}>"


def quotation(words: str) -> str:
    """Return a text as a block quote, escaped and in quotation marks."""
    return f"> “{text(words)}”"
