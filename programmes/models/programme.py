"""Programmes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from gvc_catalogue.lib.fields import FoldedField
from gvc_catalogue.lib.validators import has_words

from ..querysets import ProgrammeQuerySet
from .country import Country
from .organisation import Organisation


class Programme(models.Model):
    """What an example describes. Its `examples` are the quotations that tell of it, in one or several rows."""

    slug = models.SlugField(
        max_length=120,
        unique=True,
        error_messages={"unique": "There is a programme with this address already."},
        help_text="The address of its page. The old address redirects when you change it.",
    )
    name = models.CharField(
        max_length=200, validators=[has_words], help_text="Editorial: a clean name, where the quotation has a misprint."
    )
    sort_name = FoldedField(source="name", max_length=200, db_index=True)
    countries = models.ManyToManyField(
        Country, related_name="programmes", blank=True, help_text="The countries that its quotation names."
    )
    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="programmes",
        help_text="Who runs it: the agency that the text names, else “Government of …”.",
    )
    partners = models.ManyToManyField(
        Organisation,
        related_name="partnered_programmes",
        blank=True,
        help_text="Who else the text names as taking part.",
    )

    objects = ProgrammeQuerySet.as_manager()
    _published_slug: str | None = None

    class Meta:
        ordering = ["sort_name", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        """Refuse an address that led to another programme once: it still leads there.

        Raises ValidationError on `slug`.
        """
        former = FormerSlug.objects.select_related("programme").filter(slug=self.slug).exclude(programme=self.pk)
        if taken := former.first():
            raise ValidationError({"slug": f"This address leads to “{taken.programme}”, which had it once."})

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
    programme = models.ForeignKey(
        Programme,
        on_delete=models.CASCADE,
        related_name="former_slugs",
        help_text="The programme that had this address.",
    )

    class Meta:
        ordering = ["slug"]
        verbose_name = "former address"
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return self.slug
