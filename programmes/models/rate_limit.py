"""How much of something was done in a while, by whom it is not known."""

from django.db import models

from .querysets import AllowanceQuerySet


class Allowance(models.Model):
    """How often something was done until the time that it counts for is over; then it is deleted.

    All web nodes share only the database, so it is counted there. `key` says of what, and never whose: what tells
    readers apart goes in as a keyed digest that changes each day.
    """

    key = models.CharField(max_length=100, unique=True)
    number = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField(db_index=True)

    objects = AllowanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} until {self.ends:%d %B %Y %H:%M}"
