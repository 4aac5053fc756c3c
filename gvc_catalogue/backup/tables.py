"""Tables of a backup: those of all apps, except derived ones, short-lived ones, and those that Django fills."""

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, models

Table = type[models.Model]

# The search index is derived from other tables. Sessions and login attempts are short-lived.
LEFT_OUT = {"text_index", "sessions", "axes"}
# Django assigns these primary keys itself in each database: rows are matched by natural keys, and foreign keys mapped.
NAMED: dict[Table, list[str]] = {
    ContentType: ["pk", "app_label", "model"],
    Permission: ["pk", "content_type__app_label", "content_type__model", "codename", "name"],
}
# Tables that migrations fill in an unused database. Rows of the backup replace those.
WRITTEN_BY_MIGRATIONS = {"auth.group", "auth.group_permissions"}


def tables() -> list[Table]:
    """Return the models of all tables that are backed up row by row, with many-to-many tables, in a fixed order."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if _is_kept(model)]


def _is_kept(model: Table) -> bool:
    options = model._meta
    return options.managed and not options.proxy and options.app_label not in LEFT_OUT and model not in NAMED


def label(model: Table) -> str:
    """Return the label of a table in a backup, like "programmes.example_programmes"."""
    return model._meta.label_lower


def columns(model: Table) -> list[models.Field]:
    """Return the fields that are columns of the table itself, not of a parent, without generated columns."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def rows(model: Table) -> models.QuerySet[models.Model]:
    """Return a queryset of all rows, also those that the manager of the model filters out. No query."""
    return models.QuerySet(model, using=DEFAULT_DB_ALIAS)


def apps_in_backups() -> set[str]:
    """Return the labels of the apps whose migrations decide whether a backup fits."""
    return {model._meta.app_label for model in (*tables(), *NAMED)}
