"""Programmes."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from gvc_catalogue.database.fields import LONGEST_INDEXED, FoldedField
from gvc_catalogue.history.user_names import kept_name, user_key, user_name
from gvc_catalogue.text.validators import has_words

from .country import Country
from .organisation import Organisation
from .querysets import FormerSlugQuerySet, ProgrammeQuerySet


class Status(models.TextChoices):
    """What became of a programme since it was described."""

    NOT_YET_CHECKED = "not-yet-checked", "Not yet checked"
    RUNNING = "running", "Running"
    ENDED = "ended", "Ended"
    RENAMED = "renamed", "Renamed"
    MERGED = "merged", "Merged into another"
    NOT_FOUND = "not-found", "Not found"


class ProgrammeFields(models.Model):
    """What both a published programme and a draft of one say."""

    CONTENT = (
        "name",
        "slug",
        "countries",
        "provider",
        "partners",
        "status",
        "successor",
        "checked_on",
        "checked_by",
        "links",
    )
    # What a curator types into forms: links have rows of their own, and the user who looked it up is set on saving.
    FORM_FIELDS = tuple(name for name in CONTENT if name not in ("checked_by", "links"))

    # Each says it itself: the published one is unique.
    slug: Any
    name = models.CharField(
        max_length=200, validators=[has_words], help_text="Editorial: a clean name, where the quotation has a misprint."
    )
    countries = models.ManyToManyField(
        Country, related_name="%(class)ss", blank=True, help_text="The countries that its quotation names."
    )
    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="Who runs it: the agency that the text names, else “Government of …”.",
    )
    partners = models.ManyToManyField(
        Organisation,
        related_name="partnered_%(class)ss",
        blank=True,
        help_text="Who else the text names as taking part.",
    )
    status = models.CharField(
        max_length=20,
        choices=Status,
        default=Status.NOT_YET_CHECKED,
        db_default=Status.NOT_YET_CHECKED,
        help_text="What became of it since it was described.",
    )
    successor = models.ForeignKey(
        "programmes.Programme",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)s_predecessors",
        help_text="What it is called now, or was merged into, where the catalogue has it.",
    )
    checked_on = models.DateField(null=True, blank=True, help_text="When somebody last looked what became of it.")
    checked_by = user_key(blank=True, help_text="Who looked; only curators see it.")
    checked_by_name = kept_name()

    class Meta:
        abstract = True

    @property
    def checker(self) -> str:
        """The name of the user who looked it up, also of one that was deleted; "" where none is known."""
        return user_name(self, "checked_by")

    def clean(self) -> None:
        """Refuse an address that led to another programme once, and a status that the other fields contradict.

        Raises ValidationError on the field at fault.
        """
        former = FormerSlug.objects.of_others(self.slug, self.published_key)
        if former:
            raise ValidationError({"slug": former.taken})
        if self.status != Status.NOT_YET_CHECKED and not self.checked_on:
            raise ValidationError(
                {"checked_on": "Say when it was looked up: a status without a date cannot be trusted."}
            )
        if self.checked_on and self.checked_on > timezone.localdate() + timedelta(days=1):
            raise ValidationError({"checked_on": "Nobody has looked it up yet: that day is still to come."})
        if self.successor_id and self.successor_id == self.published_key:
            raise ValidationError({"successor": "A programme cannot be its own successor."})

    @property
    def published_key(self) -> int | None:
        """The key of the published record that this says or will say."""
        return self.pk


class Programme(ProgrammeFields):
    """What an example describes. Its `examples` are the quotations that tell of it, in one or several rows.

    Whatever stands here is published; what is not yet, or no more, is a ProgrammeDraft.
    """

    slug = models.SlugField(
        max_length=120,
        unique=True,
        error_messages={"unique": "There is a programme with this address already."},
        help_text="The address of its page. The old address redirects when you change it.",
    )
    sort_name = FoldedField(source="name", max_length=LONGEST_INDEXED, db_index=True)

    objects = ProgrammeQuerySet.as_manager()
    _published_slug: str | None = None

    class Meta:
        ordering = ["sort_name", "slug"]
        # For the worklist of those that nobody looked up for long.
        indexes = [models.Index(fields=["checked_on"], name="programme_checked_on")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("programmes:detail", args=[self.slug])

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Programme":
        programme = super().from_db(*args, **kwargs)
        # Not there when the query deferred it.
        programme._published_slug = programme.__dict__.get("slug")
        return programme

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and remember a slug that was given up: an address once published answers for ever."""
        super().save(*args, **kwargs)
        FormerSlug.objects.filter(slug=self.slug).delete()
        former = self._published_slug
        if former and former != self.slug:
            FormerSlug.objects.update_or_create(slug=former, defaults={"programme": self})
        self._published_slug = self.slug


class FormerSlug(models.Model):
    """An address that a programme had once; it redirects to today's."""

    slug = models.SlugField(
        "former address", max_length=120, unique=True, help_text="Noted when an address changes; it redirects."
    )
    # Without a constraint: the address outlives the programme, says that it is gone, and leads to it when it is back.
    programme = models.ForeignKey(
        Programme,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="former_slugs",
        help_text="The programme that had this address.",
    )

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = "former address"
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return self.slug

    @property
    def current(self) -> Programme | None:
        """The programme as it is published; None when it is gone. A query."""
        return Programme.objects.filter(pk=self.programme_id).first()

    @property
    def taken(self) -> str:
        """Why nobody else may have this address, in a sentence; a query."""
        if programme := self.current:
            return f"This address leads to “{programme}”, which had it once."
        return "This address belonged to a programme that was withdrawn: it says so for ever."
