"""Worker warm-up: everything that a first request would wait for is loaded before the node accepts connections."""

from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.template.loader import get_template
from django.urls import get_resolver

from gvc_catalogue.database.router import read_as_reader, reset_routing
from gvc_catalogue.search_index.errors import IndexUnavailableError
from gvc_catalogue.search_index.sync.refresh import INDEXES

from .middleware.page_cache import release_digest
from .stale_store import restrict_store


def load_worker(worker: Any) -> None:
    """Warm up a gunicorn worker; meanwhile send heartbeats, as the master kills workers without them.

    Loading runs in a thread of its own, after the fork: no connection and no open index is shared between processes.
    """
    loading = Thread(target=load)
    loading.start()
    while loading.is_alive():
        worker.notify()
        loading.join(1)


def load() -> None:
    """Load URL patterns, views, templates and the index.

    Without the database, or while a large index is built, the worker starts degraded: /health/ready reports it.
    """
    get_resolver().reverse_dict  # noqa: B018 (it is made on the first access)
    release_digest()
    restrict_store()
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    for folder in folders:
        for path in Path(folder).rglob("*.html"):
            get_template(str(path.relative_to(folder)))
    read_as_reader()
    try:
        for index in INDEXES:
            with suppress(DatabaseError, IndexUnavailableError):
                index.current_snapshot()
    finally:
        reset_routing()
        connections.close_all()
