"""User names that outlive their users: `on_delete` for foreign keys to users, and the anonymisation of a kept name."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import models, transaction


def keep_user_name(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """Set the reference to null and keep the user's name as text in `<field>_name`; one query, and one a user.

    The name is copied only when the user is deleted: until then it is stored once, in the user's own row.
    """
    users = field.related_model._base_manager.using(using).filter(pk__in=sub_objs.order_by().values(field.attname))
    for key, name in users.values_list("pk", "username"):
        rows = sub_objs.filter(**{field.attname: key})
        collector.add_field_update(sub_objs.model._meta.get_field(f"{field.name}_name"), name, rows)
    collector.add_field_update(field, None, sub_objs)


# As with Django's SET_NULL, the rows are updated by a query and not read.
keep_user_name.lazy_sub_objs = True  # type: ignore[attr-defined]


def user_key(**options: Any) -> Any:
    """Return a foreign key to a user that keeps the name on deletion; `<field>_name` must be a `kept_name()`."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=keep_user_name, null=True, related_name="+", **options)


def kept_name() -> Any:
    """Return the column for the name of a deleted user; only curators see it."""
    return models.CharField(max_length=150, blank=True, default="", db_default="", editable=False)


def user_name(record: Any, field: str) -> str:
    """Return the name of the user that a field refers to, or the kept name of a deleted user; "" when there is none."""
    user = getattr(record, field)
    return user.get_username() if user else getattr(record, f"{field}_name")


def keeping_fields() -> Iterator[Any]:
    """Yield the foreign keys, of all models, that keep the name of a deleted user."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.on_delete is keep_user_name:
                yield field


def records_of(user: Any) -> list[tuple[str, int]]:
    """Return label and number of the records that refer to a user, for each foreign key with any; one query each."""
    counted = (
        (field, field.model._base_manager.filter(**{field.attname: user.pk}).count()) for field in keeping_fields()
    )
    return [
        (f"{field.model._meta.verbose_name_plural} ({field.verbose_name})", number)
        for field, number in counted
        if number
    ]


@transaction.atomic
def anonymise(name: str) -> int:
    """Erase a kept user name from columns and JSON contents of versions and drafts; return the number of rows."""
    fields = list(keeping_fields())
    told = LogEntry.objects.filter(content_type__app_label="auth", content_type__model="user", object_repr=name)
    told.update(object_repr="a deleted user")
    columns = [(field.model, f"{field.name}_name") for field in fields]
    changed = sum(model._base_manager.filter(**{column: name}).update(**{column: ""}) for model, column in columns)
    for model in {field.model for field in fields}:
        for column in (one for one in model._meta.concrete_fields if isinstance(one, models.JSONField)):
            for key in {field.name for field in fields}:
                changed += _erase(model, column.name, key, name)
    return changed


def _erase(model: Any, column: str, key: str, name: str) -> int:
    """Erase the name in a reference `[key, name]` at one key of a JSON column; return the number of rows changed."""
    rows = model._base_manager.filter(**{f"{column}__{key}__1": name})
    number = 0
    for pk, content in rows.values_list("pk", column).iterator():
        content[key][1] = ""
        number += model._base_manager.filter(pk=pk).update(**{column: content})
    return number
