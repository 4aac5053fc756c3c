"""Stale cache (stale-if-error): the last responses of this node on disk; read only while the database is away.

It is shared by the processes of the node, outlives them, and is stored beside the index. It is a direct-mapped cache:
the hash of an address selects one of a fixed number of files, so its size is bounded; on a collision the last write
wins. Only addresses without a query string are stored, so no query words are written to disk.
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
# Largest body in bytes; the store takes at most PLACES times as much.
LARGEST = 200_000


def put(address: str, page: CachedResponse) -> None:
    """Store a response, replacing any other in its file.

    Skips a body of more than `LARGEST` bytes, an address with a query string, and a response that cannot be written.
    """
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
    """Return the stored response of an address.

    None if there is none, its checksum is wrong, or it was built from another generation of the index.
    """
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
    """Restrict the permissions of the folder and files that an earlier release or a wide umask created.

    Called when a worker starts.
    """
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
    """Write a file atomically (temporary file and rename). Raises OSError."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(draft, path)
    except OSError:
        os.unlink(draft)
        raise
