"""ORM models of programmes and their former slugs."""

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
    """Status of a programme since it was described."""

    NOT_YET_CHECKED = "not-yet-checked", "Not yet checked"
    RUNNING = "running", "Running"
    ENDED = "ended", "Ended"
    RENAMED = "renamed", "Renamed"
    MERGED = "merged", "Merged into another"
    NOT_FOUND = "not-found", "Not found"


class ProgrammeFields(models.Model):
    """Abstract model with the fields common to published programmes and drafts of programmes."""

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
        "classifications",
    )
    # The fields of forms. Owned records have their own tables; `checked_by` is set on saving.
    FORM_FIELDS = tuple(name for name in CONTENT if name not in ("checked_by", "links", "classifications"))

    # Declared in the subclasses: it is unique in the published model only.
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
        """The name of the user who checked the status, also of a deleted user; "" if unknown."""
        return user_name(self, "checked_by")

    def clean(self) -> None:
        """Validate that the slug is no former slug of another programme, and that status, date and successor agree.

        Raises ValidationError on the invalid field.
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
        """The primary key of the published record; drafts override this."""
        return self.pk


class Programme(ProgrammeFields):
    """Published programme. Its `examples` are the quotations that describe it, in one or several rows of the annex.

    A programme that is not published yet, or was withdrawn, is a ProgrammeDraft.
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
        # For the worklist of programmes that have not been checked for a long time, or never.
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
        # None if the query deferred the slug.
        programme._published_slug = programme.__dict__.get("slug")
        return programme

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and store a replaced slug as FormerSlug: a published address redirects permanently."""
        super().save(*args, **kwargs)
        FormerSlug.objects.filter(slug=self.slug).delete()
        former = self._published_slug
        if former and former != self.slug:
            FormerSlug.objects.update_or_create(slug=former, defaults={"programme": self})
        self._published_slug = self.slug


class FormerSlug(models.Model):
    """Former slug of a programme; its address redirects to the current one."""

    slug = models.SlugField(
        "former address", max_length=120, unique=True, help_text="Noted when an address changes; it redirects."
    )
    # Without a database constraint: the row is kept when the programme is withdrawn (then its address reports that)
    # and redirects again when the programme is restored.
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
        """The published programme; None if it was withdrawn. One query."""
        return Programme.objects.filter(pk=self.programme_id).first()

    @property
    def taken(self) -> str:
        """Error message: why no other programme can use this slug. One query."""
        if programme := self.current:
            return f"This address leads to “{programme}”, which had it once."
        return "This address belonged to a programme that was withdrawn: it says so for ever."
