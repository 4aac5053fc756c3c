from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from .sync.triggers import install


class TextIndexConfig(AppConfig):
    """App configuration of the search index: derived data, notified of every change by database triggers."""

    name = "gvc_catalogue.search_index"
    label = "text_index"
    verbose_name = "Search index"

    def ready(self) -> None:
        # Triggers are installed after every migrate and flush, not once in a migration: SQLite rebuilds a table to
        # alter it.
        post_migrate.connect(_install, sender=self)
        connection_created.connect(_let_replacing_fire_triggers)


def _install(using: str, **kwargs: Any) -> None:
    install(connections[using])


def _let_replacing_fire_triggers(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Enable recursive triggers on SQLite: otherwise rows replaced by `INSERT OR REPLACE` fire no DELETE trigger."""
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA recursive_triggers = ON")
