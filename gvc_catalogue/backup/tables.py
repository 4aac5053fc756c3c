"""What a backup holds: every table of every app, but for what is derived, or of the moment, or made by Django."""

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, models

Table = type[models.Model]

# The index is derived from the rest. Sessions, and attempts to sign in, are of the moment.
LEFT_OUT = {"text_index", "sessions", "axes"}
# Django numbers these itself in each database: they go along by their names, and what points to them is renumbered.
NAMED: dict[Table, list[str]] = {
    ContentType: ["pk", "app_label", "model"],
    Permission: ["pk", "content_type__app_label", "content_type__model", "codename", "name"],
}
# What migrations may have written into a database that nobody has used yet. A backup's own rows replace them.
WRITTEN_BY_MIGRATIONS = {"auth.group", "auth.group_permissions"}


def tables() -> list[Table]:
    """Return every table that is backed up row by row, those of relations to many among them, in a fixed order."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if _is_kept(model)]


def _is_kept(model: Table) -> bool:
    options = model._meta
    return options.managed and not options.proxy and options.app_label not in LEFT_OUT and model not in NAMED


def label(model: Table) -> str:
    """Return the name of a table in a backup: "programmes.example_programmes"."""
    return model._meta.label_lower


def columns(model: Table) -> list[models.Field]:
    """Return the fields that are columns of this very table and are not computed by the database."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def rows(model: Table) -> models.QuerySet[models.Model]:
    """Return all rows, also those that a manager of the model would leave out; no query yet."""
    return models.QuerySet(model, using=DEFAULT_DB_ALIAS)


def apps_in_backups() -> set[str]:
    """Return the labels of the apps whose migrations decide whether a backup fits."""
    return {model._meta.app_label for model in (*tables(), *NAMED)}
