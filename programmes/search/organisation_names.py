"""Names that an organisation is searched by: its name, its short form in brackets, and its initials."""

import re

from gvc_catalogue.text.tokens import STOP_WORDS, WORD

IN_BRACKETS = re.compile(r"\(([^()]*)\)")
# A provider that stands for a country has no initials: "GOA" would be Australia, Austria and others.
GOVERNMENT = re.compile(r"Government of\b", re.IGNORECASE)
FEWEST_INITIALS = 3


def organisation_names(name: str) -> tuple[str, ...]:
    """Return the name of an organisation, its short forms in brackets and its initials, each once, in this order.

    "Business and Industry Advisory Committee (BIAC) to the OECD" gives "BIAC" too, "Penang Skills Development Centre"
    gives "PSDC".
    """
    short_forms = [short.strip() for short in IN_BRACKETS.findall(name)]
    return tuple(dict.fromkeys(filter(None, [name, *short_forms, initials(name)])))


def initials(name: str) -> str:
    """Return the initials of the capitalised words before the first bracket, without stop words.

    "" if there are fewer than three, and for a government.
    """
    if GOVERNMENT.match(name):
        return ""
    words = [word for word in WORD.findall(name.partition("(")[0]) if word.casefold() not in STOP_WORDS]
    letters = [word[0] for word in words if word[0].isupper()]
    return "".join(letters) if len(letters) >= FEWEST_INITIALS else ""
