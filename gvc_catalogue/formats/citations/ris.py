"""Citations in RIS format, which EndNote, Mendeley and Zotero import."""

from collections.abc import Iterable, Iterator
from datetime import date

from .reference import Kind, Reference

TYPES = {Kind.RECORD: "ELEC", Kind.PAGE: "ELEC", Kind.LIST: "DATA", Kind.DOCUMENT: "RPRT"}


def ris(references: Iterable[Reference]) -> Iterator[str]:
    """Yield a RIS record for each reference, with CRLF line ends, as a stream in constant memory.

    A semicolon separates URLs in RIS, so a semicolon inside a URL is percent-encoded. RIS cannot mark an author as an
    institution: programs may import an institution with a comma in its name as a person.
    """
    for reference in references:
        lines = [f"{tag}  - {value}\r\n" for tag, value in _fields(reference) if value]
        yield "".join([*lines, "ER  - \r\n\r\n"])


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES[reference.kind]
    yield "ID", reference.key
    yield "TI", reference.title
    yield from (("AU", author) for author in reference.authors)
    yield "PY", str(reference.published.year) if reference.published else ""
    yield "DA", _day(reference.published)
    yield "PB", reference.publisher
    yield "ET", str(reference.version) if reference.version is not None else ""
    yield "UR", reference.url.replace(";", "%3B")
    yield "Y2", _day(reference.accessed)
    yield "LA", reference.language
    yield "N1", reference.note
    yield "AB", reference.abstract
    yield from (("KW", keyword) for keyword in reference.keywords)


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""
