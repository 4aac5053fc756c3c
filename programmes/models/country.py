"""ORM model of countries and economies, with ISO 3166-1 codes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from gvc_catalogue.database.fields import FoldedField
from gvc_catalogue.text.folding import GROWTH
from gvc_catalogue.text.validators import has_words

from .iso3166 import ALPHA_3, is_alpha_2, is_alpha_3
from .querysets import CountryQuerySet


class Region(models.TextChoices):
    """Continents of the United Nations' list M49."""

    AFRICA = "africa", "Africa"
    AMERICAS = "americas", "Americas"
    ASIA = "asia", "Asia"
    EUROPE = "europe", "Europe"
    OCEANIA = "oceania", "Oceania"


class Country(models.Model):
    """A country or economy ("Hong Kong, China"). Its `programmes` are those with a bullet that names it."""

    CONTENT = ("code", "code3", "name", "name_in_source", "other_names", "region")

    code = models.CharField(
        max_length=2,
        unique=True,
        validators=[is_alpha_2],
        error_messages={"unique": "There is a country with this code already."},
        help_text="ISO 3166-1 alpha-2, two capital letters. The address of its page.",
    )
    code3 = models.CharField(
        "alpha-3 code",
        max_length=3,
        unique=True,
        validators=[is_alpha_3],
        error_messages={"unique": "There is a country with this alpha-3 code already."},
        help_text="ISO 3166-1 alpha-3, three capital letters.",
    )
    name = models.CharField(
        max_length=100,
        unique=True,
        validators=[has_words],
        error_messages={"unique": "There is a country with this name already."},
        help_text="Today's English short name: Türkiye.",
    )
    sort_name = FoldedField(source="name", max_length=GROWTH * 100)
    name_in_source = models.CharField(max_length=100, blank=True, help_text="The name as the source prints it: Turkey.")
    other_names = models.TextField(
        blank=True, help_text="Other names and adjectives that people type, one a line: Turkish, Turkiye."
    )
    region = models.CharField(max_length=10, choices=Region, help_text="Continent by the United Nations' list M49.")

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def clean(self) -> None:
        """Validate that both codes are of the same country.

        Raises ValidationError on `code3`. No query.
        """
        right = ALPHA_3.get(self.code, self.code3)
        if right != self.code3 and self.code3 in ALPHA_3.values():
            raise ValidationError({"code3": f"The alpha-3 code of {self.code} is {right}."})

    def get_absolute_url(self) -> str:
        return reverse("countries:detail", args=[self.code])
