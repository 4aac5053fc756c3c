"""Bibliographic reference: the metadata of a cited work, independent of a citation format."""

from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any
from urllib.parse import quote

from gvc_catalogue.text.sanitise import one_line

# Characters of a URL beside letters and digits; "%" too, so that percent-encoded characters are not encoded again.
ADDRESS = "!#$%&'()*+,-./:;=?@[]_~"


class Kind(Enum):
    """Kind of a cited work: a record, list or page of the catalogue, or a document that the catalogue quotes."""

    RECORD = "record"
    LIST = "list"
    PAGE = "page"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Reference:
    """Reference to one work. `kind`, `key`, `title` and `url` are required; other fields are omitted where empty.

    `key` is a permanent and unique identifier, like "programme:national-trade-fair". `authors` are institutions, each
    name in one string. `published` is the date of publication, or of the cited revision; `version` is the number of
    that revision; `accessed` is the retrieval date, for works that may change later.

    Texts are sanitised by the constructor, so that none can break out of its field: white space is collapsed to one
    line, and control characters are replaced. Characters that are invalid in a URL are percent-encoded in `url`.
    """

    kind: Kind
    key: str
    title: str
    url: str
    authors: tuple[str, ...] = ()
    published: date | None = None
    publisher: str = ""
    accessed: date | None = None
    version: int | None = None
    language: str = "en"
    note: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _clean(getattr(self, field.name)))
        object.__setattr__(self, "url", quote(self.url, safe=ADDRESS))


def _clean(value: Any) -> Any:
    """Return the value with its texts on one line; empty texts of a tuple are removed."""
    if isinstance(value, str):
        return one_line(value)
    return tuple(filter(None, map(one_line, value))) if isinstance(value, tuple) else value
