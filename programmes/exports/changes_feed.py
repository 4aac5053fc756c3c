"""Atom feed of the change log, with pagination (RFC 5005) so that each change can be reached."""

from typing import Any

from django.urls import reverse
from django.utils.html import escape

from gvc_catalogue.formats.publisher import CATALOGUE, RIGHTS, CitedRevision
from gvc_catalogue.text.sanitise import one_line, strip_control_characters
from gvc_catalogue.web.querystring import Pairs, address

from ..editing.change_log import ChangeLogEntry, FieldChangeText
from ..editing.change_log_queries import VersionPage
from .programmes_feed import PagedFeed

SIZE = 50
NOTHING = "nothing"


def feed(shown: VersionPage, entries: list[ChangeLogEntry], root: str, start: Pairs, stamp: CitedRevision) -> PagedFeed:
    """Return the Atom feed of one page of changes; `start` are the first pairs of its query string."""
    path = reverse("changes_feed")
    links = {name: f"{root}{address(path, pairs)}" for name, pairs in pages(shown, start).items()}
    made = PagedFeed(
        title=f"{CATALOGUE}: Changes",
        link=f"{root}{reverse('changes')}",
        description="",
        subtitle="What was added, changed and withdrawn, the newest first, with the reason.",
        language="en",
        author_name=CATALOGUE,
        feed_url=links.pop("self"),
        feed_copyright=RIGHTS,
        links=links,
        made=stamp.made,
    )
    for entry in entries:
        made.add_item(**item(entry, root))
    return made


def pages(shown: VersionPage, start: Pairs) -> dict[str, Pairs]:
    """Return query strings by link relation (RFC 5005): self, first, last, previous, next.

    The last page that is counted has a "next" if there are older changes.
    """
    number, last = shown.page.number, shown.page.pages
    numbers = {"self": number, "first": 1, "last": last}
    numbers |= {"previous": number - 1} if number > 1 else {}
    numbers |= {"next": number + 1} if number < last else {}
    found = {name: (*start, ("page", str(n))) if n > 1 else start for name, n in numbers.items()}
    return found | ({"next": (("before", str(shown.older)),)} if shown.older else {})


def item(entry: ChangeLogEntry, root: str) -> dict[str, Any]:
    """Return a change as arguments of `add_item`.

    It links to the page of its record or, if that is gone, to its anchor in the change log.
    """
    own = f"{root}{address(reverse('changes'), (('before', str(entry.key + 1)),))}#change-{entry.key}"
    record = next((told.url for told in entry.about if told.url), "")
    into = f" It is now part of {entry.into.name}." if entry.into else ""
    lines = [f"{entry.reason}{into}".strip(), *map(line, entry.changed)]
    return {
        "title": one_line(f"{entry.title}: {entry.what}"),
        "link": f"{root}{record}" if record else own,
        "unique_id": own,
        "description": "<br>\n".join(escape(strip_control_characters(said)) for said in lines if said),
        "updateddate": entry.at,
        "pubdate": entry.at,
    }


def line(changed: FieldChangeText) -> str:
    """Return a changed field as one line: label, value before, value after."""
    return f"{changed.label}: {changed.before or NOTHING} → {changed.after or NOTHING}"
