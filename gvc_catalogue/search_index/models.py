"""Change data capture: the revision counter and the change log. Only triggers and sync/revision.py write them, in SQL.

A migration that alters these tables must drop the triggers first (`triggers.drop`): SQLite refuses to rename a table
that a trigger refers to. `post_migrate` creates them again.
"""

from django.db import models


class Revision(models.Model):
    """Revision counter: a single row that every transaction that changes the catalogue updates, and so locks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(
        help_text="Grows with each change: the microseconds since 1970, or one more than before if that is greater."
    )
    oldest = models.BigIntegerField(help_text="All changes after this revision are still noted.")
    catalogue = models.UUIDField(help_text="Made with this row: tells one database from another.")

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="text_index_one_revision")]

    def __str__(self) -> str:
        return str(self.number)


class Change(models.Model):
    """Change log: a row of a watched table, by its key, that a revision changed; without a key the whole table."""

    revision = models.BigIntegerField(db_index=True)
    table = models.CharField(max_length=63)
    key = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.revision}: {self.table} {'*' if self.key is None else self.key}"
