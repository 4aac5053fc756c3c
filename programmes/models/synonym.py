"""ORM model of synonyms for the search, edited by curators."""

from django.core.exceptions import ValidationError
from django.db import models

from .querysets import SynonymQuerySet


class Synonym(models.Model):
    """Synonym group: a search for one of its expressions also matches the others."""

    CONTENT = ("label", "words")

    label = models.CharField(
        max_length=100,
        unique=True,
        error_messages={"unique": "There is a group of synonyms with this label already."},
        help_text="What the group is about, for curators: SME.",
    )
    words = models.TextField(
        help_text="Expressions that mean the same, one a line: SME, small and medium-sized enterprise."
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.label,)

    def clean(self) -> None:
        """Validate that the group has at least two expressions. Raises ValidationError on `words`."""
        if len(self.expressions) < 2:
            raise ValidationError({"words": "A group needs at least two expressions, each on a line of its own."})

    @property
    def expressions(self) -> tuple[str, ...]:
        """The expressions in their order, without blank lines."""
        return tuple(line.strip() for line in self.words.splitlines() if line.strip())
