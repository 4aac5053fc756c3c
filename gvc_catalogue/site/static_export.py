"""The catalogue as files: pages whose links lead from file to file, for an intranet or a stick, without a server.

Pages are made as for any reader and followed from link to link. What only a server can answer is left out (search,
forms, lists with many filters), and what led there becomes plain text.
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

# Told how many files are written, and how many are known of.
Progress = Callable[[int, int], None]
PAGES = {"", "recommendations", "programmes", "countries", "evidence-map", "statement", "about", "accessibility"}
PAGES |= {"changes", "privacy"}
# Lists of several pages.
PAGED = {"changes", "programmes"}
# What a list is asked by where a page counts it.
ASKED = [{"country"}, {"region"}, {"category"}, {"recommendation"}, {"provider"}]
ASKED += [{"country", "recommendation"}, {"country", "category"}, set()]
DATA = (".csv", ".json", ".xlsx", ".bib", ".ris")


class UnansweredPageError(Exception):
    """An address that a page leads to is not answered as it should be."""


def export(directory: Path, host: str, progress: Progress) -> int:
    """Write the catalogue into a directory that is not there yet; return how many files. Whole, or not at all.

    Raises Unanswered when a page cannot be had, FileExistsError when there is such a directory.
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
    """Everything that can be reached from the first page, as files."""

    def __init__(self, directory: Path, host: str, progress: Progress) -> None:
        self.directory, self.progress = directory, progress
        self.client = Client(headers={"Host": host})
        self.waiting = deque(["/"])
        self.known = {"/"}

    def write(self) -> int:
        """Write all files; return how many."""
        written = 0
        while self.waiting:
            address = self.waiting.popleft()
            self.put(address)
            written += 1
            self.progress(written, len(self.known))
        return written

    def put(self, address: str) -> None:
        """Write the file of an address, and note what it leads to."""
        path = inside(self.directory, file_of(address))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(self.content(address))

    def content(self, address: str) -> Iterator[bytes]:
        """Yield what stands at an address; of a page with its links to files."""
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
        """Return how a page leads to what it led to; None where that is not exported."""
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
    """Return the file of an address: "countries/JP/index.html", "programmes/country-JP.html", "programmes.csv"."""
    parts = urlsplit(address)
    path = parts.path.lstrip("/")
    if not path.endswith("/") and path:
        return path
    asked = "_".join(f"{name}-{value}" for name, value in parse_qsl(parts.query)) or "index"
    # A browser reads a percent sign in a file's name as the beginning of another character.
    return f"{path}{quote(asked, safe='').replace('%', '_')}.html"


def inside(folder: Path, name: str) -> Path:
    """Return a file of a folder. Raises Unanswered for a name that leads out of it."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnansweredPageError(f"{name} would lie outside of {folder.name}.")
    return path


def without_way_back(address: str) -> str:
    """Return the address of a record without the list it was reached from; any other as it is."""
    path = urlsplit(address).path
    return path if path.endswith("/") and path.count("/") > 2 else address


def is_exported(address: str) -> bool:
    """Whether an address becomes a file."""
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
    """Return a static file. Raises Unanswered when there is none."""
    name = address.removeprefix(settings.STATIC_URL)
    collected = inside(Path(settings.STATIC_ROOT), name)
    path = collected if collected.is_file() else finders.find(name)
    if not path:
        raise UnansweredPageError(f"{address} is not there.")
    return Path(path).read_bytes()
