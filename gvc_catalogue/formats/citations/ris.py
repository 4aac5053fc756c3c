"""References as RIS, the format that EndNote, Mendeley and Zotero import."""

from collections.abc import Iterable, Iterator
from datetime import date

from .reference import Kind, Reference

TYPES = {Kind.RECORD: "ELEC", Kind.PAGE: "ELEC", Kind.LIST: "DATA", Kind.DOCUMENT: "RPRT"}


def ris(references: Iterable[Reference]) -> Iterator[str]:
    """Yield each reference as one record, in lines that end as RIS has them. Nothing is kept.

    A semicolon parts addresses there, so one inside an address is percent-encoded. RIS has no sign for an institution:
    readers may take one with a comma in its name for a person.
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
