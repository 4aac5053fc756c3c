"""What changed, as an Atom feed, paged (RFC 5005) so that each change can be reached."""

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
    """Return the feed of one page of changes; `start` is what its address begins with."""
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
    """Return the query strings of the pages by what they are to this one; after the last that is counted comes more."""
    number, last = shown.page.number, shown.page.pages
    numbers = {"self": number, "first": 1, "last": last}
    numbers |= {"previous": number - 1} if number > 1 else {}
    numbers |= {"next": number + 1} if number < last else {}
    found = {name: (*start, ("page", str(n))) if n > 1 else start for name, n in numbers.items()}
    return found | ({"next": (("before", str(shown.older)),)} if shown.older else {})


def item(entry: ChangeLogEntry, root: str) -> dict[str, Any]:
    """Return a change as the feed's generator takes it; one of a record that is gone leads to its place on the page."""
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
    """Return a field on one line: what it said and what it says."""
    return f"{changed.label}: {changed.before or NOTHING} → {changed.after or NOTHING}"
