"""Status box of a programme's page: what became of it, since when, how certain, and by which evidence."""

from dataclasses import dataclass

from django.urls import reverse

from gvc_catalogue.web.safe_url import safe_url

from ..models.status import Certainty, Status
from ..schema.records import ProgrammeRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.lookup import get_programme
from .programme_links import ProgrammeLink, date_in_words, programme_link
from .status_and_links import NOT_YET_CHECKED, SUCCESSORS, status_words

CERTAINTY = {Certainty.STATED: "Stated by the source", Certainty.INFERRED: "Inferred"}


@dataclass(frozen=True)
class StatusBox:
    """What became of a programme.

    `heading` begins with "Probably" if it is inferred; `certainty` is in words. `seen` is the year of the state where
    the heading does not carry it, as a sentence. `successor` is the name of what it became, `successor_url` its page if
    the catalogue has it, `leads_on` the words before it. `ask_url` is the correction form for a fate that is unknown.
    Any of them is "" if there is none.
    """

    status: str
    heading: str
    inferred: bool
    certainty: str
    note: str
    evidence: ProgrammeLink | None
    evidence_date: str
    seen: str
    leads_on: str
    successor: str
    successor_url: str
    ask_url: str


def status_box(programme: ProgrammeRecord, edition: CatalogueSnapshot) -> StatusBox:
    """Return the status box of a programme. No query."""
    status, inferred = programme["status"], programme["certainty"] == Certainty.INFERRED
    words = status_words(programme)
    became = get_programme(programme["successor"], edition) if programme["successor"] else None
    name = became["name"] if became else programme["successor_name"]
    unasked = NOT_YET_CHECKED if status == Status.NOT_YET_CHECKED else ""
    return StatusBox(
        status=status,
        heading=f"Probably {words[:1].lower()}{words[1:]}" if inferred else words,
        inferred=inferred,
        certainty=CERTAINTY.get(Certainty(programme["certainty"]), "") if programme["certainty"] else "",
        note=programme["status_note"] or unasked,
        evidence=evidence(programme),
        evidence_date=date_in_words(programme["evidence_date"]),
        seen=seen(programme, words),
        leads_on=leads_on(status, inferred),
        successor="" if name in words and not became else name,
        successor_url=became["url"] if became else "",
        ask_url=ask_url(programme) if status in (Status.UNKNOWN, Status.NOT_YET_CHECKED) else "",
    )


def leads_on(status: str, inferred: bool) -> str:
    """Return the words before the successor: "It is now called", or "It is probably now called"."""
    words = SUCCESSORS.get(status, "Its successor is")
    return words.replace(" is", " is probably", 1) if inferred else words


def evidence(programme: ProgrammeRecord) -> ProgrammeLink | None:
    """Return the link that is the evidence of the status; None if there is none."""
    found = (link for link in programme["links"] if link["url"] == programme["evidence"] and safe_url(link["url"]))
    return next((programme_link(link) for link in found), None)


def seen(programme: ProgrammeRecord, words: str) -> str:
    """Return the year of the state as a sentence; "" if there is none or the words have it."""
    year = programme["as_of"]
    if not year or str(year) in words:
        return ""
    return f"Last seen in {year}." if programme["status"] == Status.UNKNOWN else f"Seen so as of {year}."


def ask_url(programme: ProgrammeRecord) -> str:
    """Return the address of the correction form, asking about the status."""
    return f"{reverse('programmes:correct', args=[programme['slug']])}?about=status"
