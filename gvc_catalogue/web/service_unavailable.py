"""503 Service Unavailable, and the stale answer that stands in for it while the database is away (stale-if-error)."""

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .middleware.cors import is_data
from .problem_details import problem

RETRY_AFTER = 10  # seconds
# Where the sentence about a page goes (see base.html).
PLACE = b'<div class="page-text">'
# Named by each answer that shows a revision of which nobody knows whether it is the last.
REVISION = "Catalogue-Revision"
# What is not said of an answer that may no longer be true.
NOT_NOW = ("ETag", "Content-Encoding", "Content-Length")


@dataclass(frozen=True)
class Cause:
    """Why nothing can be answered: a title, what it means for the page, what answers meanwhile, when to ask again."""

    title: str
    sentence: str
    meanwhile: str
    retry_after: int = RETRY_AFTER  # seconds


DATABASE = Cause(
    "The database cannot be reached",
    "This page comes from the database, and this server has no earlier answer for this address.",
    "The list of programmes, its search, and each programme answer as usual.",
)
INDEX = Cause(
    "The search index is being built",
    "This page comes from the search index, which this server is building.",
    "The statement and the pages about the catalogue answer as usual.",
    retry_after=30,
)


@dataclass(frozen=True)
class CachedResponse:
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


class ServiceUnavailable(HttpResponse):
    """503: the database was lost, or no index can answer; `last` is the last answer to this address."""

    status_code = 503
    cause = DATABASE
    last: CachedResponse | None = None


def away_note(revision: int) -> SafeString:
    """Return the sentence for a page that shows this revision while the database is away."""
    made = datetime.fromtimestamp(revision // 1_000_000, UTC)
    return render_to_string("components/away.html", {"revision": revision, "made": made})


def service_unavailable(request: HttpRequest, cause: Cause = DATABASE) -> ServiceUnavailable:
    """Return the answer 503, as a page or as a problem document (RFC 9457); no query."""
    if is_data(request.path):
        found: HttpResponse = problem(503, cause.title, f"{cause.sentence} Ask again in {cause.retry_after} seconds.")
    else:
        found = render(request, "503.html", {"cause": cause})
    headers = {"Content-Type": found["Content-Type"], "Cache-Control": "no-store"}
    headers |= {"Retry-After": str(cause.retry_after)}
    response = ServiceUnavailable(found.content, headers=headers)
    response.cause = cause
    # Django would write a line of it, without the request's name: the one who noticed has.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
