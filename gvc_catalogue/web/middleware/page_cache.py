"""Pages made at a revision are kept: until the catalogue changes nobody waits for them again.

A reader who has a page is told by its ETag that it is still true; one whose page this process has made before gets
it as it was. Both cost one query, that of the revision. Curators, who carry a cookie, always get a page made for them.
"""

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from gvc_catalogue.search_index.storage import generation
from gvc_catalogue.search_index.sync import revision
from gvc_catalogue.web import stale_store
from gvc_catalogue.web.service_unavailable import CachedResponse, ServiceUnavailable

from .conditional_requests import has_etag
from .health_check import HEALTH

# Bytes of pages that one process keeps, with their addresses; those longest not asked for go first.
MAX_BYTES = 48_000_000
# What Python needs beside them, roughly: without it a million empty answers would weigh nothing.
EACH = 2_000
# Larger ones would push out all others.
LARGEST_PAGE = 2_000_000
# What is made of the code and is not of the catalogue: with another one a page is another.
SOURCES = ("gvc_catalogue", "programmes", "recommendations", "templates", "static")
UNCACHEABLE: ContextVar[list[bool]] = ContextVar("passing")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def do_not_cache() -> None:
    """Say that what is answered just now will not be true for long: the index is catching up, or missing."""
    if said := UNCACHEABLE.get(None):
        said[0] = True


class PageCacheMiddleware:
    """Middleware; outside of all that makes or compresses pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages = LRUPageCache()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # What compresses further in must understand it as we do: others will be given the same page.
        request.META["HTTP_ACCEPT_ENCODING"] = "gzip" if takes_gzip(request) else ""
        address = None if settings.DEBUG else cache_key(request)
        if address is None:
            return self.get_response(request)
        response = self.answered(request, address)
        if isinstance(response, ServiceUnavailable):
            response.last = self.last(address)
        return response

    def last(self, address: str) -> CachedResponse | None:
        """Return the last answer to an address, compressed or not, of this process or else of this node."""
        both = (address, f"{address.rpartition(' ')[0]} {not address.endswith('True')}")
        of_process = (self.pages.last(each) for each in both)
        of_node = (stale_store.get(release_digest() + each) for each in both)
        return next(filter(None, chain(of_process, of_node)), None)

    def answered(self, request: HttpRequest, address: str) -> HttpResponseBase:
        """Return the page that was kept, or one made anew; while the database is away, what can be made without it."""
        try:
            now = revision.consistent_revision()
        except DatabaseError:
            return self.get_response(request)
        of = generation.current()
        tag = etag_of(address, now, of)
        if has_etag(request, tag):
            return with_etag(HttpResponseNotModified(), tag)
        page = self.pages.get(address, tag)
        return page.response() if page else self.made(request, address, tag, now, of)

    def made(self, request: HttpRequest, address: str, tag: str, now: revision.Current, of: str) -> HttpResponseBase:
        """Return the page made anew, at the revision that was read, and keep it where that is right."""
        passing = UNCACHEABLE.set([False])
        try:
            with revision.revision_known(now):
                response = self.get_response(request)
            lasting = not UNCACHEABLE.get()[0]
        finally:
            UNCACHEABLE.reset(passing)
        if lasting and response.status_code == 200 and not response.cookies and "Cache-Control" not in response:
            with_etag(response, tag)
            if isinstance(response, HttpResponse) and len(response.content) < LARGEST_PAGE:
                page = CachedResponse(tag, tuple(response.items()), response.content, now.number, of)
                self.pages.keep(address, page)
                stale_store.put(release_digest() + address, page)
        return response


class LRUPageCache:
    """The pages kept, by address."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, CachedResponse] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, address: str, tag: str) -> CachedResponse | None:
        """Return the page at an address, when it is the one with this tag."""
        with self._lock:
            page = self._pages.get(address)
            if page is None or page.tag != tag:
                return None
            self._pages.move_to_end(address)
            return page

    def last(self, address: str) -> CachedResponse | None:
        """Return the page at an address, whatever its revision; none of an index that was damaged."""
        with self._lock:
            page = self._pages.get(address)
        return page if page and page.generation == generation.current() else None

    def keep(self, address: str, page: CachedResponse) -> None:
        """Keep a page in place of any other at its address."""
        with self._lock:
            if old := self._pages.pop(address, None):
                self._bytes -= weight(address, old)
            self._pages[address] = page
            self._bytes += weight(address, page)
            while self._bytes > MAX_BYTES:
                self._bytes -= weight(*self._pages.popitem(last=False))


def weight(address: str, page: CachedResponse) -> int:
    """Return how many bytes a page takes to keep. Whoever asks chooses the address, so it counts too."""
    return len(address) + len(page.content) + EACH


def cache_key(request: HttpRequest) -> str | None:
    """Return all of a request that an answer depends on; None for one that is answered anew each time."""
    if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    # Answered anew each time, and without waiting for the database.
    if request.path.startswith(HEALTH):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return f"{request.scheme}://{host}{request.get_full_path()} {takes_gzip(request)}"


def takes_gzip(request: HttpRequest) -> bool:
    """Say whether a reader takes an answer compressed by gzip; `gzip;q=0` says no."""
    given = request.META.get("HTTP_ACCEPT_ENCODING", "").lower().replace(" ", "").split(",")
    named = [part.partition(";")[2] for part in given if part.partition(";")[0] == "gzip"]
    return bool(named) and not re.fullmatch(r"q=0(\.0*)?", named[0])


def etag_of(address: str, now: revision.Current, of: str) -> str:
    """Return the ETag of an address: another one with each revision, release and day (pages say when they were read).

    And with each generation of this node's index, so that no page made of a damaged one is taken for true.

    It is a weak one: the same page may come compressed or not.
    """
    parts = (
        address.rpartition(" ")[0],
        now.catalogue,
        now.number,
        datetime.now(UTC).date(),
        release_digest(),
        *([of] if of else []),
    )
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


@cache
def release_digest() -> str:
    """Return a digest of what pages are made with: all sources, templates and static files; read once a process."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(path for folder in SOURCES for path in (Path(settings.BASE_DIR) / folder).rglob("*.*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()


def with_etag(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    """Return an answer that its reader may keep, but must ask after each time."""
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
