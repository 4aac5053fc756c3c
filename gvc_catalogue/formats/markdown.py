"""Texts put into Markdown so that they stay texts: whatever was typed, no reader takes it for markup or HTML.

Escaped is what CommonMark, GitHub and pandoc read as markup, and nothing else: the file is to be read as it is, too.
"""

import re
from urllib.parse import quote

from gvc_catalogue.text.sanitise import one_line

# What opens or closes markup inside a line; a colon before a letter makes an address or a sign of GitHub's, and a full
# stop after "www" an address.
INSIDE = re.compile(r"[\\`*_{}\[\]<>&#|~!$^=@]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
# What makes a line a list or a definition when it stands first.
FIRST = re.compile(r"^([-+:]|\d+(?=[.)](?:\s|$)))")
# What an address may hold inside (…); "%" too, so that what is encoded already stays as it is.
ADDRESS = "!#$%'*+,-./:=?@_~&"


def text(words: str) -> str:
    """Return words as Markdown shows them, on one line, sign for sign; wherever on a line they are put."""
    inside = INSIDE.sub(r"\\\g<0>", one_line(words))
    first = FIRST.match(inside)
    if not first:
        return inside
    # A list's number is parted from its full stop, any other sign is escaped itself.
    number = first[0] if first[0].isdigit() else ""
    return f"{number}\\{inside[len(number) :]}"


def link(words: str, url: str) -> str:
    """Return a link; the words alone where the address is none of the web."""
    if not url.startswith(("https://", "http://")):
        return text(words)
    return f"[{text(words)}]({quote(one_line(url), safe=ADDRESS)})"


def address(url: str) -> str:
    """Return an address of the web as a link that shows itself."""
    return f"<{quote(one_line(url), safe=ADDRESS)}>"


def quotation(words: str) -> str:
    """Return words as a quotation, in quotation marks of their own."""
    return f"> “{text(words)}”"
