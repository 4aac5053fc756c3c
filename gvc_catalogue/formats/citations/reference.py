"""What is known of a thing to be cited."""

from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any
from urllib.parse import quote

from gvc_catalogue.text.sanitise import one_line

# What an address may hold beside letters and digits; "%" too, so that what is encoded already stays as it is.
ADDRESS = "!#$%&'()*+,-./:;=?@[]_~"


class Kind(Enum):
    """What is cited: three of the catalogue's own, and a document that it quotes."""

    RECORD = "record"
    LIST = "list"
    PAGE = "page"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Reference:
    """One thing to be cited. `kind`, `key`, `title` and `url` are always known, what else is empty is left out.

    `key` names the thing for good and differs from all others', as "programme:national-trade-fair" does. `authors` are
    institutions, each named in one piece. `published` is the date of publication or of the revision that is cited,
    `version` that revision's number, `accessed` the day on which it was read: for what may change later.

    Texts are cleaned as they come in, so that none can break out of its field: they stand on one line, white space
    folded, with a sign for what cannot be shown; what an address cannot hold is percent-encoded in it.
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
    """The value with its texts on one line; of several texts those that say something."""
    if isinstance(value, str):
        return one_line(value)
    return tuple(filter(None, map(one_line, value))) if isinstance(value, tuple) else value
