"""Citations in BibTeX format, in UTF-8, for BibTeX, biblatex and reference managers that import BibTeX."""

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits

from .reference import Reference

# BibTeX counts braces even behind a backslash, so braces of a text are written as commands.
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
# Ligatures, which LaTeX prints as another character: two hyphens as a dash, two apostrophes as a quotation mark.
LIGATURE = re.compile(r"([-'`,])(?=\1)|[?!](?=`)")
IN_KEYS = frozenset(ascii_lowercase + digits + "-.:/")


def bibtex(references: Iterable[Reference]) -> Iterator[str]:
    """Yield a BibTeX entry for each reference, in their order, as a stream in constant memory.

    Entries are of type @misc, which every style supports; `howpublished` contains the publisher, because @misc has no
    other field for it. Titles and institutions have braces of their own, which preserve their capitals and their "and".
    """
    for reference in references:
        fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference) if value not in ("", "{}"))
        yield f"@misc{{{citation_key(reference.key)},\n{fields}}}\n\n"


def citation_key(key: str) -> str:
    """Return a citation key that is valid in BibTeX and unique for each key: "É" becomes "_c9_".

    Lower-case ASCII letters, digits and "-.:/" are unchanged, as in "programme:a". Capitals are escaped too, because
    BibTeX compares keys without case. The key of an empty text is "_".
    """
    return "".join(sign if sign in IN_KEYS else f"_{ord(sign):x}_" for sign in key) or "_"


def latex(text: str) -> str:
    """Return a text escaped for LaTeX, so that it is printed character by character, without ligatures."""
    return LIGATURE.sub(r"\g<0>{}", text.translate(LATEX))


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the name and the value, in braces, of each field; the month is a BibTeX macro without braces."""
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
    """Return the keyword, in braces where it contains a comma, so that it remains one keyword."""
    return _braced(keyword) if "," in keyword else keyword
