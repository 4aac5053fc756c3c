"""The last answers of this node, shared by its processes and kept when they end: read only while the database is away.

They lie beside the index. An address has one place of a fixed number, so they never take more than so much; which of
two addresses has it is left to who comes last. No query words are written down: only addresses without any are kept.
"""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from gvc_catalogue.database.private_files import PRIVATE_FOLDER, restrict
from gvc_catalogue.search_index.storage import generation
from gvc_catalogue.search_index.storage.immutable_files import make_folder

from .service_unavailable import CachedResponse

FOLDER = "pages"
PLACES = 4_096
# Bytes; at most PLACES times as many are kept.
LARGEST = 200_000


def put(address: str, page: CachedResponse) -> None:
    """Keep a page in place of any other there; a large one, or one that cannot be written, is not kept."""
    if "?" in address or len(page.content) > LARGEST:
        return
    head = {"address": digest(address.encode()), "content": digest(page.content), "revision": page.revision}
    head["generation"] = page.generation
    line = json.dumps(head | {"tag": page.tag, "headers": page.headers}).encode()
    with suppress(OSError):
        path = place(address)
        make_folder(path.parent.parent)
        path.parent.mkdir(PRIVATE_FOLDER, exist_ok=True)
        restrict(path.parent)
        write(path, line + b"\n" + page.content)


def get(address: str) -> CachedResponse | None:
    """Return the page that was kept of an address; None when there is none, or it or the index it is of is damaged."""
    path = place(address)
    restrict(path.parent)
    try:
        line, _, content = path.read_bytes().partition(b"\n")
        head = json.loads(line)
        if head["address"] != digest(address.encode()) or head["content"] != digest(content):
            return None
        headers = tuple((str(name), str(value)) for name, value in head["headers"])
        if head["generation"] != generation.current():
            return None
        return CachedResponse(str(head["tag"]), headers, content, int(head["revision"]), str(head["generation"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def restrict_store() -> None:
    """Restrict the folder and the files that an earlier release or a wide umask left; called when a worker starts."""
    folder = Path(settings.INDEX_DIR) / FOLDER
    restrict(folder)
    with suppress(OSError):
        for path in folder.iterdir():
            restrict(path)


def place(address: str) -> Path:
    return Path(settings.INDEX_DIR) / FOLDER / f"{int(digest(address.encode()), 16) % PLACES:04}"


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises OSError."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(draft, path)
    except OSError:
        os.unlink(draft)
        raise
