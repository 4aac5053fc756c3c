"""Main navigation: the links in the header of every page, with the current one marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.urls import reverse

from .querystring import address

# Text, section and name of the URL pattern, in the order of the header. A section is named like an app or a pattern.
LINKS = (
    ("Programmes", "programmes", "programmes:list"),
    ("Recommendations", "recommendations", "recommendations:list"),
    ("Countries", "countries", "countries:list"),
    ("Map", "evidence_map", "evidence_map"),
    ("Compare", "compare", "compare"),
    ("What became", "what_became", "what_became"),
    ("Vocabulary", "vocabulary", "vocabulary:list"),
    ("Statement", "statement", "statement"),
    ("Brief", "brief", "brief"),
)


@dataclass(frozen=True)
class NavigationLink:
    """A link of the navigation.

    `current` is the value of aria-current: "page" on the page itself, "true" elsewhere in its section, else "".
    `number` is that of the ticked programmes, of the brief alone.
    """

    text: str
    section: str
    url: str
    current: str = ""
    number: int = 0


def navigation_links(section: str, path: str, ticked: Sequence[str]) -> list[NavigationLink]:
    """Return the links for a page at `path` in a section. The brief leads to the `ticked` programmes (slugs)."""
    marked = [
        replace(link, current="page" if link.url == path else "true" if link.section == section else "")
        for link in _links()
    ]
    if not ticked:
        return marked
    brief = marked[-1]
    url = address(brief.url, tuple(("programme", slug) for slug in ticked))
    return [*marked[:-1], replace(brief, url=url, number=len(ticked))]


# Cached because of the time that a reverse() takes.
@cache
def _links() -> tuple[NavigationLink, ...]:
    return tuple(NavigationLink(text, section, reverse(name)) for text, section, name in LINKS)
