"""What is answered while the database is away: this node's last answer with a sentence, or that there is none (503)."""

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .open_data import is_data
from .problems import problem

# Seconds after which it is worth asking again.
RETRY_AFTER = 10
SENTENCE = "The database cannot be reached, and this server has no earlier answer for this address. Ask again soon."
# Where the sentence about a page goes (see base.html).
PLACE = b'<div class="page-text">'
# Named by each answer that shows a revision of which nobody knows whether it is the last.
REVISION = "Catalogue-Revision"
# What is not said of an answer that may no longer be true.
NOT_NOW = ("ETag", "Content-Encoding", "Content-Length")


@dataclass(frozen=True)
class Page:
    """An answer as it left, compressed or not; revision and generation of the index that it was made of."""

    tag: str
    headers: tuple[tuple[str, str], ...]
    content: bytes
    revision: int = 0
    generation: str = ""

    def response(self) -> HttpResponse:
        """Return it once more, while it is still true."""
        return HttpResponse(self.content, headers=dict(self.headers))

    def last_known(self) -> HttpResponse:
        """Return it as the last that is known: a page says so and names its revision, data does so in a header."""
        headers = {name: value for name, value in self.headers if name not in NOT_NOW}
        headers |= {"Cache-Control": "no-store", REVISION: str(self.revision)}
        content = self.content
        if dict(self.headers).get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        if headers["Content-Type"].startswith("text/html"):
            content = content.replace(PLACE, PLACE + away_note(self.revision).encode(), 1)
        return HttpResponse(content, headers=headers)


class Unavailable(HttpResponse):
    """503: the database was lost, and nothing could answer in its place; `last` is what did before."""

    status_code = 503
    last: Page | None = None


def away_note(revision: int) -> SafeString:
    """Return the sentence for a page that shows this revision while the database is away."""
    made = datetime.fromtimestamp(revision // 1_000_000, UTC)
    return render_to_string("components/away.html", {"revision": revision, "made": made})


def unavailable(request: HttpRequest) -> Unavailable:
    """Return the answer (503) while the database is away, in words or as a problem document; no query."""
    found = _as_data() if is_data(request.path) else render(request, "503.html", {"retry_after": RETRY_AFTER})
    headers = {"Content-Type": found["Content-Type"], "Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    response = Unavailable(found.content, headers=headers)
    # Django would write a line of it, without the request's name: the one who noticed has.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _as_data() -> HttpResponse:
    return problem(503, "The database cannot be reached", SENTENCE)
