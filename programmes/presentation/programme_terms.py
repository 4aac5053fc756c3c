"""Terms of a programme as its page shows them: each with its number of programmes and the words that justify it."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from gvc_catalogue.web.querystring import address

from ..models.vocabulary import Confidence
from ..schema.records import ProgrammeRecord
from ..schema.terms import TermRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.facet_definitions import DEFINITIONS
from ..search.search import totals

# In the order of the page.
SHOWN_SCHEMES = ("instrument", "beneficiary", "topic")
HEADINGS = {facet.name: facet.label for facet in DEFINITIONS if facet.name in SHOWN_SCHEMES}
NO_WORDS = "chosen by a curator"
LESS_CERTAIN = "less certain"


@dataclass(frozen=True)
class JustifiedTerm:
    """A term of a programme: its page, the list of its programmes with their number, and the words that justify it.

    `noun` is "programme" or "programmes", by the number.
    `remark` says what to beware of: that no words justify it, or that they do so less certainly; "" for nothing.
    """

    label: str
    url: str
    count: int
    noun: str
    count_url: str
    words: str
    remark: str


@dataclass(frozen=True)
class TermGroup:
    """The terms of one scheme under its heading."""

    heading: str
    terms: list[JustifiedTerm]


def term_groups(programme: ProgrammeRecord, edition: CatalogueSnapshot) -> list[TermGroup]:
    """Return the terms of a programme by scheme, those without a term left out. No query."""
    groups = (
        TermGroup(HEADINGS[scheme], [justified(t, edition) for t in programme["terms"] if t["scheme"] == scheme])
        for scheme in SHOWN_SCHEMES
    )
    return [group for group in groups if group.terms]


def justified(term: TermRecord, edition: CatalogueSnapshot) -> JustifiedTerm:
    """Return a term of a programme for its page. No query."""
    scheme, key = term["scheme"], term["key"]
    count = totals(edition)[scheme].get(key, 0)
    certain = LESS_CERTAIN if term["confidence"] == Confidence.MEDIUM else ""
    return JustifiedTerm(
        label=term["label"],
        url=_pages().replace("KEY", key),
        count=count,
        noun="programme" if count == 1 else "programmes",
        count_url=address(reverse("programmes:list"), ((scheme, key),)),
        words=term["words"],
        remark=certain if term["words"] else NO_WORDS,
    )


@cache
def _pages() -> str:
    return reverse("vocabulary:detail", args=["KEY"])
