"""Page cache: rendered responses are stored in memory until the revision of the catalogue changes.

A request whose If-None-Match contains the current ETag gets 304; a request for a stored page gets the stored response.
Both cost one query, that of the revision. Requests of curators, which carry a session cookie, bypass the cache.
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

# Size of the cache per process in bytes, addresses included; the least recently used page is evicted first.
MAX_BYTES = 48_000_000
# Overhead of Python objects per entry in bytes, roughly: without it a million empty responses would count as 0.
EACH = 2_000
# Larger responses are not stored: they would evict all others.
LARGEST_PAGE = 2_000_000
# Source folders: pages depend on the code beside the data, so each release has other ETags.
SOURCES = ("gvc_catalogue", "programmes", "recommendations", "templates", "static")
UNCACHEABLE: ContextVar[list[bool]] = ContextVar("uncacheable")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def do_not_cache() -> None:
    """Exclude the response of the current request from the cache, as the index is catching up or missing.

    Does nothing outside of a request that is rendered for the cache.
    """
    if said := UNCACHEABLE.get(None):
        said[0] = True


class PageCacheMiddleware:
    """Page cache middleware. Order: outside of all middleware that renders or compresses pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages = LRUPageCache()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # GZipMiddleware must agree with the cache key on the encoding, as other clients get the same stored response.
        request.META["HTTP_ACCEPT_ENCODING"] = "gzip" if takes_gzip(request) else ""
        address = None if settings.DEBUG else cache_key(request)
        if address is None:
            return self.get_response(request)
        response = self.answered(request, address)
        if isinstance(response, ServiceUnavailable):
            response.last = self.last(address)
        return response

    def last(self, address: str) -> CachedResponse | None:
        """Return the stale response for a cache key, gzip or identity, of this process or else of this node's store.

        None where there is none.
        """
        both = (address, f"{address.rpartition(' ')[0]} {not address.endswith('True')}")
        of_process = (self.pages.last(each) for each in both)
        of_node = (stale_store.get(release_digest() + each) for each in both)
        return next(filter(None, chain(of_process, of_node)), None)

    def answered(self, request: HttpRequest, address: str) -> HttpResponseBase:
        """Return 304, the stored response or a new one; while the database is unavailable, the view's own response.

        One query, that of the revision, beside those of a new response.
        """
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
        """Return a new response, rendered at the given revision, and store it if it is cacheable.

        Cacheable: status 200, no cookies, no Cache-Control, no `do_not_cache` and less than `LARGEST_PAGE` bytes.
        """
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
    """LRU cache of responses by cache key, limited to `MAX_BYTES`. Thread-safe."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, CachedResponse] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, address: str, tag: str) -> CachedResponse | None:
        """Return the response of a cache key if it has this ETag, else None; it becomes the most recently used."""
        with self._lock:
            page = self._pages.get(address)
            if page is None or page.tag != tag:
                return None
            self._pages.move_to_end(address)
            return page

    def last(self, address: str) -> CachedResponse | None:
        """Return the response of a cache key at any revision; None if it was built from another index generation."""
        with self._lock:
            page = self._pages.get(address)
        return page if page and page.generation == generation.current() else None

    def keep(self, address: str, page: CachedResponse) -> None:
        """Store a response, replacing the one of the same cache key; evict the least recently used above the limit."""
        with self._lock:
            if old := self._pages.pop(address, None):
                self._bytes -= weight(address, old)
            self._pages[address] = page
            self._bytes += weight(address, page)
            while self._bytes > MAX_BYTES:
                self._bytes -= weight(*self._pages.popitem(last=False))


def weight(address: str, page: CachedResponse) -> int:
    """Return the size of an entry in bytes. The address is counted, as clients choose its length."""
    return len(address) + len(page.content) + EACH


def cache_key(request: HttpRequest) -> str | None:
    """Return the cache key of a request: scheme, host, path, query string and whether gzip is accepted.

    None for a request that bypasses the cache: another method than GET and HEAD, a session cookie, a host that is not
    allowed, a health check.
    """
    if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    # Health checks report the current state, and must not wait for the database.
    if request.path.startswith(HEALTH):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return f"{request.scheme}://{host}{request.get_full_path()} {takes_gzip(request)}"


def takes_gzip(request: HttpRequest) -> bool:
    """Return whether Accept-Encoding accepts gzip; `gzip;q=0` does not."""
    given = request.META.get("HTTP_ACCEPT_ENCODING", "").lower().replace(" ", "").split(",")
    named = [part.partition(";")[2] for part in given if part.partition(";")[0] == "gzip"]
    return bool(named) and not re.fullmatch(r"q=0(\.0*)?", named[0])


def etag_of(address: str, now: revision.Current, of: str) -> str:
    """Return the ETag of a cache key. It changes with each revision, release and UTC day (pages contain the date).

    It also changes with each generation of this node's index, so that no page built from a damaged index stays valid.
    It is a weak ETag: the same page may be sent compressed or not.
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
    """Return the checksum (BLAKE2b, hexadecimal) of all sources, templates and static files, computed once."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(path for folder in SOURCES for path in (Path(settings.BASE_DIR) / folder).rglob("*.*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()


def with_etag(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    """Return the response with its ETag, `Cache-Control: no-cache` (store, but revalidate) and Vary."""
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
