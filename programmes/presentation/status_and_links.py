"""What became of a programme since it was described, and where it stands elsewhere, as readers are told it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import get_language_info

from ..models import LinkKind, Status
from ..schema.records import LinkRecord, ProgrammeRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.lookup import get_programmes

# Words that lead to the successor.
SUCCESSORS: dict[str, str] = {Status.RENAMED: "It is now called", Status.MERGED: "It is part of"}
NOT_YET_CHECKED = "Nobody has looked up yet what became of it since it was described."


@dataclass(frozen=True)
class ExternalLink:
    """A link to another site: what it leads to, its text, the site; its language in words and as in ISO 639."""

    kind: str
    url: str
    text: str
    host: str
    language: str
    code: str

    @property
    def beside(self) -> str:
        """What is said beside the text: the site where that is not the text, and the language."""
        said = [self.host if self.host != self.text else "", f"in {self.language}" if self.language else ""]
        return ", ".join(filter(None, said))


@dataclass(frozen=True)
class StatusAndLinks:
    """`label` is the status in words; `successor` what it is called now or is part of, if that is published."""

    status: str
    label: str
    checked_on: date | None
    successor: ProgrammeRecord | None
    links: list[ExternalLink]

    @property
    def checked(self) -> bool:
        """Whether anybody looked it up."""
        return self.status != Status.NOT_YET_CHECKED

    @property
    def sentence(self) -> str:
        """The status, and when it was looked up."""
        if not self.checked:
            return f"{self.label}. {NOT_YET_CHECKED}"
        day = f", looked up on {self.checked_on.day} {self.checked_on:%B %Y}" if self.checked_on else ""
        return f"{self.label}{day}."

    @property
    def leads_on(self) -> str:
        """Words before the successor."""
        return SUCCESSORS.get(self.status, "Its successor is")


def status_and_links(programmes: Iterable[ProgrammeRecord], edition: CatalogueSnapshot) -> dict[str, StatusAndLinks]:
    """Return what became of programmes, by slug; no query while the index answers."""
    programmes = list(programmes)
    successors = get_programmes(filter(None, (programme["successor"] for programme in programmes)), edition)
    return {
        programme["slug"]: StatusAndLinks(
            programme["status"],
            edition.vocabulary.label("status", programme["status"]),
            date.fromisoformat(programme["checked_on"]) if programme["checked_on"] else None,
            successors.get(programme["successor"]),
            [found for link in programme["links"] if (found := external_links(link))],
        )
        for programme in programmes
    }


def external_links(link: LinkRecord) -> ExternalLink | None:
    """Return a link as it is shown; None for what no browser should follow, however it came to be stored."""
    host = web_host(link["url"])
    if not host:
        return None
    kind = dict(LinkKind.choices).get(link["kind"], link["kind"])
    language = language_name(link["language"])
    return ExternalLink(kind, link["url"], link["title"].strip() or host, host, language, link["language"])


def web_host(url: str) -> str:
    """Return the host of an address of the web; "" for any other address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    # What a browser takes out of an address silently, or shows as something else, has no place in one.
    printable = url.isprintable() and not any(sign in url for sign in ' \\<>"')
    return host if parts.scheme in ("http", "https") and printable else ""


def language_name(code: str) -> str:
    """Return what a language is called in English; the code where Django does not know it."""
    try:
        return str(get_language_info(code.lower())["name"]) if code else ""
    except KeyError:
        return code
