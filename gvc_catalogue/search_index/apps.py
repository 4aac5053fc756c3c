from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from .sync.triggers import install


class TextIndexConfig(AppConfig):
    """The search index: derived from the database, told of every change by triggers there."""

    name = "gvc_catalogue.search_index"
    label = "text_index"
    verbose_name = "Search index"

    def ready(self) -> None:
        # After every migrate and flush, and not once in a migration: SQLite rebuilds a table to alter it.
        post_migrate.connect(_install, sender=self)
        connection_created.connect(_let_replacing_fire_triggers)


def _install(using: str, **kwargs: Any) -> None:
    install(connections[using])


def _let_replacing_fire_triggers(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """On SQLite the rows that `INSERT OR REPLACE` pushes out fire the triggers of DELETE only with this."""
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA recursive_triggers = ON")
