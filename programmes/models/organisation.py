"""ORM model of organisations: providers and partners of programmes."""

from django.db import models

from gvc_catalogue.text.validators import has_words

from .country import Country
from .querysets import OrganisationQuerySet


class ProviderKind(models.TextChoices):
    """Kind of organisation: provider or partner of a programme."""

    GOVERNMENT = "government", "Government"
    COMPANY = "company", "Company"
    BUSINESS_BODY = "business-body", "Business body"
    INTERNATIONAL_ORGANISATION = "international-organisation", "International organisation"


class Organisation(models.Model):
    """A government, company, business body or international organisation.

    It provides its `programmes`, and is a partner of its `partnered_programmes`.
    """

    CONTENT = ("name", "kind", "country")

    name = models.CharField(
        max_length=200,
        validators=[has_words],
        unique=True,
        error_messages={"unique": "There is an organisation with this name already."},
        help_text="The agency that the text names, else “Government of …”.",
    )
    kind = models.CharField(max_length=30, choices=ProviderKind, help_text="What kind of organisation it is.")
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        help_text="Where it belongs; empty for one that the source places in no country.",
    )

    objects = OrganisationQuerySet.as_manager()
    # Annotated by the queryset method providers().
    number_of_programmes: int

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)
