"""Questions to the database, as verbs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Subquery

from gvc_catalogue.web.facet_counts import FacetCount, number_of

if TYPE_CHECKING:
    from . import Country, Draft, Example, FormerSlug, Organisation, Programme, Source, Synonym


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Published programmes. Lists, counts and searches are answered by the search index (search.py)."""

    def get_by_natural_key(self, slug: str) -> Programme:
        return self.get(slug=slug)

    def with_details(self) -> ProgrammeQuerySet:
        """Each with all that its record tells; five queries in all."""
        examples: Any = self.model._meta.get_field("examples").related_model
        return self.select_related("provider__country", "successor").prefetch_related(
            "countries",
            "partners",
            "links",
            Prefetch("examples", examples.objects.select_related("recommendation__category", "source")),
        )


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    """Addresses that programmes had once."""

    def of_others(self, slug: str, key: int | None) -> FormerSlug | None:
        """This address, where another programme than that of the key had it; one query."""
        return self.filter(slug=slug).exclude(**({"programme_id": key} if key else {})).first()


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts, those saved last first."""

    def waiting(self) -> DraftQuerySet:
        """Those that a publisher is asked to review. No query yet."""
        return self.filter(state="in-review")

    def unfinished(self) -> DraftQuerySet:
        """Those that somebody still works at, or that wait for review. No query yet."""
        return self.exclude(state="withdrawn")

    def of(self, record: models.Model) -> Draft | None:
        """The change beside a published record; None when there is none. One query."""
        return self.filter(key=record.pk).first()


class AllowanceQuerySet(models.QuerySet[Any]):
    """How often things were done, within the time that they are counted for."""

    def take(self, key: str, most: int, now: datetime, ends: datetime) -> bool:
        """Count once more, unless it would be more than `most`; say whether it was counted. Three queries.

        However many ask at once, on however many nodes: the row is changed and checked by one statement.
        """
        self.filter(ends__lte=now).delete()
        self.get_or_create(key=key, defaults={"ends": ends})
        return bool(self.filter(key=key, number__lt=most).update(number=F("number") + 1))


class CountryQuerySet(models.QuerySet["Country"]):
    """Countries and economies, by name."""

    def get_by_natural_key(self, code: str) -> Country:
        return self.get(code=code)

    def with_number_of_programmes(self, counts: Mapping[str, FacetCount]) -> CountryQuerySet:
        """Each with `number_of_programmes`, from the counts of the facet "country". No query yet."""
        return self.annotate(number_of_programmes=number_of(counts, "code")).order_by("sort_name")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, by name."""

    def providers(self) -> OrganisationQuerySet:
        """Those that run programmes, each with its country and `number_of_programmes`, counted for those read alone."""
        run: Any = self.model._meta.get_field("programmes").related_model
        own = run.objects.filter(provider=OuterRef("pk")).order_by()
        number = own.values("provider").annotate(number=Count("pk")).values("number")
        found = self.filter(Exists(own)).select_related("country").order_by("name")
        return found.annotate(number_of_programmes=Subquery(number))

    def get_by_natural_key(self, name: str) -> Organisation:
        return self.get(name=name)


class SourceQuerySet(models.QuerySet["Source"]):
    """Documents that examples quote beside the annex."""

    def get_by_natural_key(self, url: str) -> Source:
        return self.get(url=url)


class SynonymQuerySet(models.QuerySet["Synonym"]):
    """Groups of synonyms, by label."""

    def get_by_natural_key(self, label: str) -> Synonym:
        return self.get(label=label)


class ExampleQuerySet(models.QuerySet["Example"]):
    """Examples, in the order of the annex."""

    def get_by_natural_key(self, number: str, position: int) -> Example:
        return self.get(recommendation__number=number, position=position)

    def of_annex(self) -> ExampleQuerySet:
        """Those that quote the annex, not a later document."""
        return self.filter(source=None)

    def between(self, start: int, stop: int) -> ExampleQuerySet:
        """Those from one place to another; far into a long list keys are sorted much faster than rows. No query yet."""
        return self.filter(pk__in=self.values("pk")[start:stop])

    def with_details(self) -> ExampleQuerySet:
        """Each with its recommendation, source, programmes, their countries and providers; three queries in all."""
        return self.select_related("recommendation__category", "source").prefetch_related(
            "programmes__countries", "programmes__provider__country"
        )
