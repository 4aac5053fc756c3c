"""References as BibTeX, in UTF-8, for BibTeX itself, biblatex and what imports from them."""

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits

from .reference import Reference

# BibTeX counts braces even behind a backslash, so those of a text are spelt out as commands.
LATEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
    }
    | {sign: f"\\{sign}" for sign in "#$%&_"}
)
# Neighbours that LaTeX draws as another sign: two hyphens as a dash, two apostrophes as a quotation mark.
LIGATURE = re.compile(r"([-'`,])(?=\1)|[?!](?=`)")
IN_KEYS = frozenset(ascii_lowercase + digits + "-.:/")


def bibtex(references: Iterable[Reference]) -> Iterator[str]:
    """Yield each reference as one entry. Nothing is kept, so a list may be as long as it likes.

    Entries are @misc, the type that every style knows; `howpublished` names the publisher, as @misc has no other place
    for it. Titles and institutions stand in braces of their own, which keep their capitals and their "and".
    """
    for reference in references:
        fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference) if value not in ("", "{}"))
        yield f"@misc{{{citation_key(reference.key)},\n{fields}}}\n\n"


def citation_key(key: str) -> str:
    """Return the key as BibTeX takes it, another one for each: 'programme:a' stays, "É" becomes "_c9_".

    Capitals are spelt so too, as keys that differ only in them are one to BibTeX.
    """
    return "".join(sign if sign in IN_KEYS else f"_{ord(sign):x}_" for sign in key) or "_"


def latex(text: str) -> str:
    """Return a text as LaTeX prints it, sign for sign."""
    return LIGATURE.sub(r"\g<0>{}", text.translate(LATEX))


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Name and value of each field, in braces; the month is a word that BibTeX knows itself."""
    yield "author", _braced(" and ".join(_braced(latex(author)) for author in reference.authors))
    yield "title", _braced(_braced(latex(reference.title)))
    yield "howpublished", _braced(latex(reference.publisher))
    if reference.published:
        yield "year", _braced(str(reference.published.year))
        yield "month", f"{reference.published:%b}".lower()
    yield "version", _braced(str(reference.version) if reference.version is not None else "")
    yield "url", _braced(reference.url)
    yield "urldate", _braced(reference.accessed.isoformat() if reference.accessed else "")
    yield "language", _braced(latex(reference.language))
    yield "keywords", _braced(", ".join(_one_keyword(latex(keyword)) for keyword in reference.keywords))
    yield "note", _braced(latex(reference.note))
    yield "abstract", _braced(latex(reference.abstract))


def _braced(value: str) -> str:
    return f"{{{value}}}"


def _one_keyword(keyword: str) -> str:
    """A keyword with a comma of its own in braces, so that it stays one."""
    return _braced(keyword) if "," in keyword else keyword
