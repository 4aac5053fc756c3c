"""ORM models of the editing workflow: drafts of new records, drafts of changes, and withdrawn records.

Drafts are stored in separate tables. No query for public pages reads these tables, so drafts cannot leak.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from gvc_catalogue.history import content
from gvc_catalogue.history.user_names import kept_name, user_key, user_name

from .example import Example, ExampleFields
from .import_run import Receipt
from .link import LinkFields
from .programme import Programme, ProgrammeFields
from .querysets import DraftQuerySet
from .vocabulary import ClassificationFields


class State(models.TextChoices):
    """State of a draft in the workflow."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Draft(models.Model):
    """Abstract model of a draft: the fields of the workflow, common to all kinds of drafts."""

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False, db_index=True)
    # The primary key of the published record that this changes, or that it had before it was withdrawn.
    key = models.BigIntegerField(null=True, unique=True, editable=False)
    base = models.JSONField(null=True, editable=False, help_text="What the published record said when this was begun.")
    kept = models.JSONField(default=dict, editable=False, help_text="What else comes back with a record that is gone.")
    edits = models.PositiveIntegerField(default=0, editable=False, help_text="How often it was saved.")
    why = models.TextField(
        blank=True, help_text="Why the published record is to change; readers see it in the record's history."
    )
    note = models.TextField(blank=True, editable=False, help_text="What the publisher said on sending it back.")
    author = user_key(editable=False)
    author_name = kept_name()
    receipt = models.ForeignKey(
        Receipt, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="%(class)ss"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = DraftQuerySet.as_manager()
    # The model of the published record.
    becomes: type[models.Model]

    class Meta:
        abstract = True

    @property
    def drafted_by(self) -> str:
        """The user name of the author, also of a deleted user; "" if unknown."""
        return user_name(self, "author")

    @property
    def published_key(self) -> int | None:
        """The primary key of the published record that this draft changes; None for a new record."""
        return self.key

    @property
    def itself(self) -> dict[str, Any]:
        """Queryset filter for the published record that this draft changes; it matches no record if there is none."""
        return {"pk": self.key or 0}

    @property
    def record(self) -> Any:
        """The published record that this draft changes; None if there is none. One query if the draft has a key."""
        return self.becomes._default_manager.filter(pk=self.key).first() if self.key else None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the record was withdrawn or deleted, in any state of the workflow. One query if the draft has a key.

        The draft then has the only row of the record: its key has no published record.
        """
        return self.key is not None and not self.becomes._default_manager.filter(pk=self.key).exists()

    @property
    def content(self) -> content.Content:
        """The serialised content of the draft. One query for each relation."""
        return content.serialise(self)


class ProgrammeDraft(Draft, ProgrammeFields):
    """Draft of a programme. Its `exampledrafts` are drafts of new examples that are published with it."""

    slug = models.SlugField("address", max_length=120, help_text="The address of its page.")

    becomes = Programme

    class Meta:
        ordering = ["-updated_at", "-pk"]
        verbose_name = "draft of a programme"
        verbose_name_plural = "drafts of programmes"
        permissions = [("publish_programmedraft", "Can publish drafts of programmes, and withdraw programmes")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Validate as the published record is validated. Raises ValidationError on the invalid field."""
        super().clean()
        if Programme.objects.filter(slug=self.slug).exclude(**self.itself).exists():
            raise ValidationError({"slug": "There is a programme with this address already."})


class DraftLink(LinkFields):
    """A link of a draft of a programme."""

    draft = models.ForeignKey(ProgrammeDraft, on_delete=models.CASCADE, related_name="links")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = "link"
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "url"],
                name="link_once_a_draft",
                violation_error_message="The draft has this link already.",
            )
        ]


class DraftClassification(ClassificationFields):
    """A term that a draft of a programme is classified by."""

    draft = models.ForeignKey(ProgrammeDraft, on_delete=models.CASCADE, related_name="classifications")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = "classification"
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "term"],
                name="term_once_a_draft",
                violation_error_message="The draft has this term already.",
            )
        ]


class ExampleDraft(Draft, ExampleFields):
    """Draft of an example."""

    programme_draft = models.ForeignKey(
        ProgrammeDraft,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="exampledrafts",
        help_text="The draft of a programme that it describes, and is published with.",
    )
    programmes = models.ManyToManyField(
        Programme, related_name="exampledrafts", blank=True, help_text="What it describes: mostly one programme."
    )

    becomes = Example

    class Meta:
        ordering = ["-updated_at", "-pk"]
        verbose_name = "draft of an example"
        verbose_name_plural = "drafts of examples"
        permissions = [("publish_exampledraft", "Can publish drafts of examples, and withdraw examples")]

    def __str__(self) -> str:
        return f"{self.recommendation.number}-{self.position}: {self.text[:60]}"

    def clean(self) -> None:
        """Validate as the published record is validated. Raises ValidationError on the invalid field."""
        super().clean()
        place = Example.objects.filter(recommendation=self.recommendation_id, position=self.position)
        if place.exclude(**self.itself).exists():
            raise ValidationError({"position": "There is an example at this place of the row already."})
