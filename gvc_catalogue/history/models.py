"""Audit log models: the contents of published records before and after each change. Drafts are not recorded."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models

from . import content
from .differences import FieldChange, differences
from .user_names import kept_name, user_key, user_name


class Action(models.TextChoices):
    """The kinds of changes of a record."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    PUBLISHED_AGAIN = "published-again", "Published again"
    MERGED = "merged", "Merged into another"
    DELETED = "deleted", "Deleted"


class VersionQuerySet(models.QuerySet["Version"]):
    """Queryset of versions, the newest first."""

    def of(self, record: models.Model) -> VersionQuerySet:
        """Return the versions of one record. No query yet."""
        return self.filter(kind=record._meta.label_lower, key=record.pk)

    def about(self, kind: str, key: int) -> VersionQuerySet:
        """Return the versions of one record, and those of other records that mention it. No query yet."""
        # In a union each half is read from its index; for an OR, PostgreSQL reads the whole table.
        own = Version.objects.filter(kind=kind, key=key).order_by().values("pk")
        mentioning = Mention.objects.filter(kind=kind, key=key).order_by().values("version")
        return self.filter(pk__in=own.union(mentioning))

    def note(
        self, record: models.Model, before: content.Content | None, after: content.Content | None, **said: Any
    ) -> Version:
        """Record a change; return the version. `mentions` are (kind, key) of further records concerned. Two queries."""
        mentions: Iterable[tuple[str, int]] = said.pop("mentions", ())
        version = self.create(
            kind=record._meta.label_lower, key=record.pk, name=str(record)[:300], before=before, after=after, **said
        )
        Mention.objects.bulk_create(Mention(version=version, kind=kind, key=key) for kind, key in mentions)
        return version


class Version(models.Model):
    """Audit log entry: one change of a published record. It is never changed itself."""

    kind = models.CharField(max_length=60, help_text="The model of the record: programmes.programme.")
    key = models.BigIntegerField(help_text="The record's key, which no other record has had or will have.")
    name = models.CharField(max_length=300, help_text="What the record was called.")
    action = models.CharField(max_length=20, choices=Action, help_text="What became of it.")
    before = models.JSONField(null=True, blank=True, help_text="Its content before; nothing for one that is new.")
    after = models.JSONField(null=True, blank=True, help_text="Its content since; nothing for one that is gone.")
    reason = models.TextField(blank=True, help_text="Why; readers see it.")
    by = user_key(blank=True, help_text="Who changed it; only curators see it.")
    by_name = kept_name()
    at = models.DateTimeField(auto_now_add=True, help_text="When.")
    batch = models.CharField(max_length=40, blank=True, help_text="The import that it was part of.")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            # The history of one record.
            models.Index(fields=["kind", "key", "-id"], name="history_of_a_record"),
            # The versions of an import, to undo it.
            models.Index(fields=["batch"], name="history_of_a_batch", condition=~models.Q(batch="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.name}"

    @cached_property
    def model(self) -> Any:
        """Return the model class of the record."""
        return apps.get_model(self.kind)

    @property
    def author(self) -> str:
        """Return the name of the user who made the change, also of a deleted user; "" when none is known."""
        return user_name(self, "by")

    @cached_property
    def changes(self) -> list[FieldChange]:
        """Return the changed fields; no query."""
        return differences(self.model, self.before, self.after)

    def content(self, earlier: bool = False) -> content.Content:
        """Return the content to restore: the one after the change or, with `earlier`, the one before it.

        For a deletion this is always the last content of the record.
        """
        return (self.before if earlier or not self.after else self.after) or {}


class Mention(models.Model):
    """Link from a version to a further record that it concerns: from that of an example to the programmes described."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="mentions")
    kind = models.CharField(max_length=60)
    key = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        # The mentions of one record.
        indexes = [models.Index(fields=["kind", "key", "version"], name="history_mentions")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
