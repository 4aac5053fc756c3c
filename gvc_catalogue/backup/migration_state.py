"""Migration state checks before backup and restore: the same migrations, and an unused database."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from .archive import DamagedBackupError
from .tables import WRITTEN_BY_MIGRATIONS, apps_in_backups, label, rows, tables

Migrations = dict[str, list[str]]


class NotReadyError(Exception):
    """Error: this database cannot be backed up or restored into. The message is one sentence with the reason."""


def migrations(connection: BaseDatabaseWrapper) -> Migrations:
    """Return the names of the applied migrations, sorted, by app.

    Raises NotReadyError when migrations of this release are not applied.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError("This database is not migrated to this release; type manage.py migrate first.")
    found: Migrations = {app: [] for app in sorted(apps_in_backups())}
    for app, name in sorted(executor.loader.applied_migrations):
        if app in found:
            found[app].append(name)
    return found


def refuse_other_migrations(theirs: Migrations, ours: Migrations) -> None:
    """Raise DamagedBackupError, with the differences, when backup and database have different migrations. No query."""
    there = {f"{app}.{name}" for app, names in theirs.items() for name in names}
    here = {f"{app}.{name}" for app, names in ours.items() for name in names}
    if there == here:
        return
    parts = [
        f"{where} has {', '.join(sorted(names))}, which {other} lacks"
        for where, other, names in (("the file", "this one", there - here), ("this one", "the file", here - there))
        if names
    ]
    raise DamagedBackupError(
        f"The file was made of a database with other migrations: {'; '.join(parts)}. "
        "Restore with the release that made it, then upgrade that."
    )


def refuse_a_used_database() -> None:
    """Raise NotReadyError when a table has rows, except the tables that migrations fill.

    One query for each table.
    """
    counts = {label(model): rows(model).count() for model in tables() if label(model) not in WRITTEN_BY_MIGRATIONS}
    found = {name: count for name, count in counts.items() if count}
    if found:
        raise NotReadyError(
            f"This database holds {sum(found.values()):,} records already ({', '.join(found)}). "
            "A backup is restored only into one that has just been migrated."
        )
