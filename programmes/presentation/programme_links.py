"""Links of a programme as its page shows them: by kind, with language and date, and a look-up in a web archive."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from gvc_catalogue.formats.publisher import ADOPTED
from gvc_catalogue.web.safe_url import safe_url

from ..models import LinkKind
from ..schema.records import LinkRecord, ProgrammeRecord
from .status_and_links import external_links, language_name

HEADINGS = {
    LinkKind.OFFICIAL: "Official",
    LinkKind.ARCHIVED: "Archived",
    LinkKind.EVALUATION: "Evaluations",
    LinkKind.DESCRIPTION: "Descriptions",
}
# A web archive's list of its copies of an address in the year of the statement.
ARCHIVE = f"https://web.archive.org/web/{ADOPTED.year}*/"
ARCHIVE_HOST = "archive.org"
# A page of these years is likely to have been there in the year of the statement.
OF_THE_TIME = ADOPTED.year + 3


@dataclass(frozen=True)
class ProgrammeLink:
    """A link of a programme: `code` is its language by ISO 639, `facts` language and date in words.

    `code` is "" where the text is no title but a host. `archive_url` looks the address up in a web archive, as of the
    year of the statement; "" for a page that is later or is itself a copy of an archive.
    """

    url: str
    text: str
    code: str
    note: str
    facts: str
    archive_url: str


@dataclass(frozen=True)
class LinkGroup:
    """The links of one kind under its heading."""

    heading: str
    links: list[ProgrammeLink]


def link_groups(programme: ProgrammeRecord) -> list[LinkGroup]:
    """Return the links of a programme by kind, the kinds in their order; addresses that are not safe are left out."""
    links = [link for link in programme["links"] if safe_url(link["url"])]
    groups = [
        LinkGroup(heading, [programme_link(one) for one in links if one["kind"] == kind])
        for kind, heading in HEADINGS.items()
    ]
    return [group for group in groups if group.links]


def programme_link(link: LinkRecord) -> ProgrammeLink:
    """Return a link for a programme's page. Its address is a safe one."""
    shown = external_links(link)
    text = shown.text if shown else link["url"]
    facts = (language_name(link["language"]), date_in_words(link["evidence_date"]))
    return ProgrammeLink(
        url=link["url"],
        text=text,
        code=link["language"] if link["title"].strip() else "",
        note=link["note"],
        facts=" · ".join(filter(None, facts)),
        archive_url=f"{ARCHIVE}{link['url']}" if is_of_the_time(link) else "",
    )


def is_of_the_time(link: LinkRecord) -> bool:
    """Return whether an archive may have a copy of the page of 2007, and the page is not such a copy itself."""
    host = urlsplit(link["url"]).hostname or ""
    if host == ARCHIVE_HOST or host.endswith(f".{ARCHIVE_HOST}"):
        return False
    if year := link["evidence_date"][:4]:
        return int(year) <= OF_THE_TIME
    return link["kind"] in (LinkKind.OFFICIAL, LinkKind.ARCHIVED)


def date_in_words(text: str) -> str:
    """Return a partial date in words: "30 November 2016" or "November 2016"; a year alone and "" as they are."""
    if len(text) < len("2016-11"):
        return text
    day = date.fromisoformat(text if len(text) > len("2016-11") else f"{text}-01")
    return f"{day.day} {day:%B %Y}" if len(text) > len("2016-11") else f"{day:%B %Y}"
