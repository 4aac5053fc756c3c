"""Atom feed of the programmes of a list, with pagination (RFC 5005) so that each can be reached."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from gvc_catalogue.formats.publisher import ADOPTED, CATALOGUE, RIGHTS
from gvc_catalogue.text.sanitise import one_line, strip_control_characters
from gvc_catalogue.web.pagination import Page
from gvc_catalogue.web.querystring import Pairs, address

from ..presentation.citations import list_title
from ..presentation.list_page import page_pairs
from ..schema.records import ProgrammeRecord
from .list_export import Export

SIZE = 50
SUBTITLE = (
    "The programmes recorded last come first. The catalogue does not yet know when a programme was recorded: each has "
    "the date of the newest document that it quotes."
)


class PagedFeed(Atom1Feed):
    """Atom feed with pagination (RFC 5005).

    `links` are the addresses of other pages by link relation; `made` is the time of the catalogue's revision.
    """

    mime_type = "application/atom+xml; charset=utf-8"

    def add_root_elements(self, handler: Any) -> None:
        """Write the elements of Django's Atom1Feed, and the links to the other pages."""
        super().add_root_elements(handler)
        for relation, url in self.feed["links"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": url})

    def latest_post_date(self) -> datetime:
        """Return the time of the last change: that of the catalogue's revision."""
        made: datetime = self.feed["made"]
        return made


def feed(export: Export, path: str, page: Page, programmes: list[ProgrammeRecord]) -> PagedFeed:
    """Return the Atom feed of one page of a list; `path` is the path of the feed."""
    links = {name: f"{export.root}{address(path, pairs)}" for name, pairs in pages(export, page).items()}
    made = PagedFeed(
        title=one_line(f"{CATALOGUE}: {list_title(export.view)}"),
        link=export.address(export.view.path),
        description="",
        subtitle=SUBTITLE,
        language="en",
        author_name=CATALOGUE,
        feed_url=links.pop("self"),
        feed_copyright=RIGHTS,
        links=links,
        made=export.stamp.made,
    )
    for programme in programmes:
        made.add_item(**item(programme, export.root))
    return made


def pages(export: Export, page: Page) -> dict[str, Pairs]:
    """Return query strings by link relation (RFC 5005): self, first, last, previous, next.

    They have no `sort`, because the sort order of a feed is fixed.
    """
    selection = replace(export.view.selection, sort="")
    numbers = {"self": page.number, "first": 1, "last": page.pages}
    numbers |= {"previous": page.number - 1} if page.number > 1 else {}
    numbers |= {"next": page.number + 1} if page.number < page.pages else {}
    return {name: page_pairs(selection, number) for name, number in numbers.items()}


def item(programme: ProgrammeRecord, root: str) -> dict[str, Any]:
    """Return a programme as arguments of `add_item`; its quotations are the summary."""
    url = f"{root}{programme['url']}"
    served = [f"{r['number']} {r['title']}" for r in programme["recommendations"]]
    return {
        "title": one_line(programme["name"]),
        "link": url,
        "unique_id": url,
        # Escaped, because Django declares the summary as HTML: feed readers would interpret markup in it.
        "description": "<br>\n".join(
            escape(strip_control_characters(f"“{e['text']}” ({e['place']})")) for e in programme["examples"]
        ),
        "updateddate": quoted_last(programme),
        "categories": [one_line(name) for name in (*(c["name"] for c in programme["countries"]), *served)],
    }


def quoted_last(programme: ProgrammeRecord) -> datetime:
    """Return the date of the newest document that a programme quotes, or of the statement if it quotes none. UTC."""
    newest = max((e["source_date"] for e in programme["examples"]), default=ADOPTED.isoformat())
    return datetime.fromisoformat(newest).replace(tzinfo=UTC)
