"""Status of a programme since it was described, its successor, and its external links, as displayed to readers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language_info

from gvc_catalogue.web.safe_url import web_host

from ..models import LinkKind, Status
from ..schema.records import LinkRecord, ProgrammeRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.lookup import get_programmes

# Words that lead to the successor.
SUCCESSORS: dict[str, str] = {Status.RENAMED: "It is now called", Status.MERGED: "It is part of"}
NOT_YET_CHECKED = "Nobody has looked up yet what became of it since it was described."


@dataclass(frozen=True)
class ExternalLink:
    """A link to another site: its kind, URL, text, host, and the language in words and as ISO 639 code."""

    kind: str
    url: str
    text: str
    host: str
    language: str
    code: str

    @property
    def beside(self) -> str:
        """Return the words beside the text: the host unless it is the text, and the language."""
        said = [self.host if self.host != self.text else "", f"in {self.language}" if self.language else ""]
        return ", ".join(filter(None, said))


@dataclass(frozen=True)
class StatusAndLinks:
    """Status of a programme with its links; `label` is the status in words.

    `successor` is the programme that it was renamed to or merged into, if that is published.
    """

    status: str
    label: str
    checked_on: date | None
    successor: ProgrammeRecord | None
    links: list[ExternalLink]

    @property
    def checked(self) -> bool:
        """Return whether a curator has looked the status up."""
        return self.status != Status.NOT_YET_CHECKED

    @property
    def sentence(self) -> str:
        """Return the status, and the date when it was looked up, as a sentence."""
        if not self.checked:
            return f"{self.label}. {NOT_YET_CHECKED}"
        day = f", looked up on {self.checked_on.day} {self.checked_on:%B %Y}" if self.checked_on else ""
        return f"{self.label}{day}."

    @property
    def leads_on(self) -> str:
        """Return the words before the successor."""
        return SUCCESSORS.get(self.status, "Its successor is")


def status_and_links(programmes: Iterable[ProgrammeRecord], edition: CatalogueSnapshot) -> dict[str, StatusAndLinks]:
    """Return status and links of programmes, by slug. No query while the index answers."""
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
    """Return a link for display; None for a stored URL that is not a safe web address."""
    host = web_host(link["url"])
    if not host:
        return None
    kind = dict(LinkKind.choices).get(link["kind"], link["kind"])
    language = language_name(link["language"])
    return ExternalLink(kind, link["url"], link["title"].strip() or host, host, language, link["language"])


def language_name(code: str) -> str:
    """Return the English name of a language; the code where Django does not know it."""
    try:
        return str(get_language_info(code.lower())["name"]) if code else ""
    except KeyError:
        return code
