"""Rate limit: ORM model of its counters, without personal data."""

from django.db import models

from .querysets import AllowanceQuerySet


class Allowance(models.Model):
    """Counter of the rate limit for one action and client; it is deleted after it expires at `ends`.

    It is stored in the database, because web nodes share no other state. `key` contains no personal data: the client is
    identified by a keyed hash that changes each day.
    """

    key = models.CharField(max_length=100, unique=True)
    number = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField(db_index=True)

    objects = AllowanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} until {self.ends:%d %B %Y %H:%M}"
