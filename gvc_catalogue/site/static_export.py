"""Static site export: a crawler writes the catalogue as linked files, for an intranet or a USB stick without a server.

Pages are rendered as for any reader, and their links are followed. Pages that need a server are left out (search,
forms, lists with many filters), and links to them become plain text.
"""

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, quote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from gvc_catalogue.web.link_rewriting import rewrite_links

# Progress callback: the number of files written, and of those known so far.
Progress = Callable[[int, int], None]
PAGES = {"", "recommendations", "programmes", "countries", "evidence-map", "statement", "about", "accessibility"}
PAGES |= {"changes", "privacy", "vocabulary"}
# Paginated lists.
PAGED = {"changes", "programmes"}
# The combinations of filters that pages link to with a count; only these are exported.
ASKED = [{"country"}, {"region"}, {"category"}, {"recommendation"}, {"provider"}]
ASKED += [{"instrument"}, {"topic"}, {"beneficiary"}]
ASKED += [{"country", "recommendation"}, {"country", "category"}, set()]
DATA = (".csv", ".json", ".xlsx", ".bib", ".ris")


class UnansweredPageError(Exception):
    """A linked URL cannot be exported: a status other than 200, a missing static file, or an unsafe path."""


def export(directory: Path, host: str, progress: Progress) -> int:
    """Write the catalogue to a new directory, completely or not at all; return the number of files.

    Raises UnansweredPageError when a page cannot be exported, FileExistsError when the directory exists.
    """
    if directory.exists():
        raise FileExistsError(directory)
    unfinished = directory.with_name(f"{directory.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        number = Site(unfinished, host, progress).write()
        unfinished.rename(directory)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return number


class Site:
    """Breadth-first crawler that writes all pages reachable from the home page to files."""

    def __init__(self, directory: Path, host: str, progress: Progress) -> None:
        self.directory, self.progress = directory, progress
        self.client = Client(headers={"Host": host})
        self.waiting = deque(["/"])
        self.known = {"/"}

    def write(self) -> int:
        """Write all files; return their number."""
        written = 0
        while self.waiting:
            address = self.waiting.popleft()
            self.put(address)
            written += 1
            self.progress(written, len(self.known))
        return written

    def put(self, address: str) -> None:
        """Write the file of a URL, and add the links of a page to the queue."""
        path = inside(self.directory, file_of(address))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(self.content(address))

    def content(self, address: str) -> Iterator[bytes]:
        """Yield the content of a URL; in pages, links are rewritten to files. Raises UnansweredPageError unless 200."""
        if address.startswith(settings.STATIC_URL):
            yield static(address)
            return
        response = self.client.get(address)
        if response.status_code != 200:
            raise UnansweredPageError(f"{address} answers {response.status_code}.")
        if response["Content-Type"].startswith("text/html"):
            yield rewrite_links(response.content.decode(), lambda link: self.link(address, link)).encode()
        else:
            yield from response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]

    def link(self, page: str, link: str) -> str | None:
        """Return the rewritten link of a page, relative to its file; None when the target is not exported."""
        target, fragment = urldefrag(urljoin(page, unescape(link)))
        if urlsplit(target).netloc or not target.startswith("/"):
            return unescape(link)
        target = without_way_back(target)
        if not is_exported(target):
            return None
        if target not in self.known:
            self.known.add(target)
            self.waiting.append(target)
        path = relpath(file_of(target), dirname(file_of(page)) or ".")
        return path + (f"#{fragment}" if fragment else "")


def file_of(address: str) -> str:
    """Return the file path of a URL: "countries/JP/index.html", "programmes/country-JP.html", "programmes.csv"."""
    parts = urlsplit(address)
    path = parts.path.lstrip("/")
    if not path.endswith("/") and path:
        return path
    asked = "_".join(f"{name}-{value}" for name, value in parse_qsl(parts.query)) or "index"
    # In a link, a percent sign of a file name would start a percent-encoded character.
    return f"{path}{quote(asked, safe='').replace('%', '_')}.html"


def inside(folder: Path, name: str) -> Path:
    """Return the path of a file in a folder; raise UnansweredPageError on path traversal out of it."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnansweredPageError(f"{name} would lie outside of {folder.name}.")
    return path


def without_way_back(address: str) -> str:
    """Return the URL of a record without its query, which names the list it was opened from; other URLs unchanged."""
    path = urlsplit(address).path
    return path if path.endswith("/") and path.count("/") > 2 else address


def is_exported(address: str) -> bool:
    """Return whether a URL is exported to a file."""
    parts = urlsplit(address)
    if parts.path.startswith(settings.STATIC_URL):
        return True
    asked = [name for name, _ in parse_qsl(parts.query)]
    if parts.path.endswith(DATA):
        return not asked and not parts.path.startswith("/api/")
    first, _, rest = parts.path.lstrip("/").partition("/")
    # A form needs a server.
    if first not in PAGES or (asked and rest) or rest.endswith("/correct/"):
        return False
    filters = [name for name in asked if name != "page"]
    return not asked or (set(filters) in ASKED and len(set(filters)) == len(filters) and first in PAGED)


def static(address: str) -> bytes:
    """Return the content of a static file. Raises UnansweredPageError when there is none."""
    name = address.removeprefix(settings.STATIC_URL)
    collected = inside(Path(settings.STATIC_ROOT), name)
    path = collected if collected.is_file() else finders.find(name)
    if not path:
        raise UnansweredPageError(f"{address} is not there.")
    return Path(path).read_bytes()
