"""ORM models of external links of programmes, and of the last result of the link checker for each address."""

from django.core.validators import RegexValidator, URLValidator
from django.db import models

from .programme import Programme

is_language = RegexValidator(r"^[a-z]{2,3}(-[A-Z]{2})?$", "A language is two or three small letters: en, fr, pt-BR.")


class LinkKind(models.TextChoices):
    """Kind of page that a link leads to."""

    OFFICIAL = "official", "Official page"
    ARCHIVED = "archived", "Archived copy"
    EVALUATION = "evaluation", "Evaluation"


class LinkFields(models.Model):
    """Abstract model with the fields common to links of published programmes and of drafts."""

    CONTENT = ("kind", "url", "title", "language")

    kind = models.CharField(max_length=12, choices=LinkKind, default=LinkKind.OFFICIAL, help_text="What it leads to.")
    url = models.URLField(
        "address",
        max_length=500,
        validators=[URLValidator(schemes=["http", "https"], message="A link begins with https:// or http://.")],
        help_text="Where it leads.",
    )
    title = models.CharField(max_length=200, blank=True, help_text="What the page is called, in its own language.")
    language = models.CharField(
        max_length=6, blank=True, validators=[is_language], help_text="Its language, as in ISO 639: en, fr, pt-BR."
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.url


class Link(LinkFields):
    """A link of a published programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="links")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "url"],
                name="link_once_a_programme",
                violation_error_message="The programme has this link already.",
            )
        ]
        # For the query for programmes with a dead link.
        indexes = [models.Index(fields=["url"], name="link_by_address")]


class Outcome(models.TextChoices):
    """Result of the link checker for an address."""

    ANSWERS = "answers", "Answers"
    MOVED = "moved", "Answers at another address"
    GONE = "gone", "There is no such page"
    FAILS = "fails", "Does not answer"
    NOT_ASKED = "not-asked", "Its robots.txt asks programs to stay away"
    FORBIDDEN = "forbidden", "Leads to a private address"


class LinkCheck(models.Model):
    """Last result of the link checker for an address. It is stored once for each address, for all links to it."""

    url = models.URLField("address", max_length=500, unique=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    status_code = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The HTTP status, if there was one."
    )
    moved_to = models.CharField(max_length=2000, blank=True, help_text="Where it redirects to in the end.")
    note = models.CharField(max_length=300, blank=True, help_text="What went wrong, in words.")
    checked_at = models.DateTimeField(db_index=True)
    failing_since = models.DateTimeField(
        null=True, blank=True, help_text="The first of the failures that followed on each other."
    )

    class Meta:
        default_permissions = ("view",)
        ordering = ["-checked_at"]
        indexes = [models.Index(fields=["outcome", "url"], name="linkcheck_by_outcome")]

    def __str__(self) -> str:
        return f"{self.url}: {self.get_outcome_display()}"
