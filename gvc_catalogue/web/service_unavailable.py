"""503 Service Unavailable, and the earlier response that is sent instead while the database is away."""

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
# Insertion point of the notice on a stale page (see base.html).
PLACE = b'<div class="page-text">'
# Header of responses that may not be of the latest revision.
REVISION = "Catalogue-Revision"
# Headers removed from a stale response: it has no validator, and its body changes.
NOT_NOW = ("ETag", "Content-Encoding", "Content-Length")


@dataclass(frozen=True)
class Cause:
    """Cause of a 503: title, effect on the page, parts of the site that work meanwhile, and Retry-After in seconds."""

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
    """Stored response as it was sent, compressed or not, with the revision and index generation it was built from."""

    tag: str
    headers: tuple[tuple[str, str], ...]
    content: bytes
    revision: int = 0
    generation: str = ""

    def response(self) -> HttpResponse:
        """Return the response unchanged, for use while its revision is current."""
        return HttpResponse(self.content, headers=dict(self.headers))

    def last_known(self) -> HttpResponse:
        """Return it as a stale response: `no-store`, not compressed, with its revision in `Catalogue-Revision`.

        An HTML page also shows a notice with its revision.
        """
        headers = {name: value for name, value in self.headers if name not in NOT_NOW}
        headers |= {"Cache-Control": "no-store", REVISION: str(self.revision)}
        content = self.content
        if dict(self.headers).get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        if headers["Content-Type"].startswith("text/html"):
            content = content.replace(PLACE, PLACE + away_note(self.revision).encode(), 1)
        return HttpResponse(content, headers=headers)


class ServiceUnavailable(HttpResponse):
    """503 response: the database was lost, or no index is available; `last` is the stale response for the address."""

    status_code = 503
    cause = DATABASE
    last: CachedResponse | None = None


def away_note(revision: int) -> SafeString:
    """Return the HTML notice for a page that shows this revision while the database is unavailable. No query.

    A revision is a time in microseconds since 1970 (UTC).
    """
    made = datetime.fromtimestamp(revision // 1_000_000, UTC)
    return render_to_string("components/away.html", {"revision": revision, "made": made})


def service_unavailable(request: HttpRequest, cause: Cause = DATABASE) -> ServiceUnavailable:
    """Return 503 with Retry-After, as an HTML page or as problem details (RFC 9457) for data addresses. No query."""
    if is_data(request.path):
        found: HttpResponse = problem(503, cause.title, f"{cause.sentence} Ask again in {cause.retry_after} seconds.")
    else:
        found = render(request, "503.html", {"cause": cause})
    headers = {"Content-Type": found["Content-Type"], "Cache-Control": "no-store"}
    headers |= {"Retry-After": str(cause.retry_after)}
    response = ServiceUnavailable(found.content, headers=headers)
    response.cause = cause
    # Django would log it again, without the request id: the code that detected the cause has logged it.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
