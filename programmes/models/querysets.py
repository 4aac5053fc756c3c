"""Querysets of the ORM models. Methods that return a queryset run no query themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Subquery

from gvc_catalogue.web.facet_counts import FacetCount, number_of

if TYPE_CHECKING:
    from . import (
        Classification,
        Country,
        Draft,
        Example,
        FormerSlug,
        Organisation,
        Programme,
        RecommendationTopic,
        Source,
        Synonym,
        Term,
    )


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Queryset of published programmes. Lists, counts and searches use the search index instead (search/search.py)."""

    def get_by_natural_key(self, slug: str) -> Programme:
        return self.get(slug=slug)

    def with_details(self) -> ProgrammeQuerySet:
        """Return the programmes with all related rows that a record needs, prefetched. Six queries in total."""
        examples: Any = self.model._meta.get_field("examples").related_model
        classifications: Any = self.model._meta.get_field("classifications").related_model
        return self.select_related("provider__country", "successor").prefetch_related(
            "countries",
            "partners",
            "links",
            Prefetch("classifications", classifications.objects.select_related("term")),
            Prefetch("examples", examples.objects.select_related("recommendation__category", "source")),
        )


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    """Queryset of former slugs of programmes."""

    def of_others(self, slug: str, key: int | None) -> FormerSlug | None:
        """Return the former slug of another programme than that with primary key `key`, or None. One query."""
        return self.filter(slug=slug).exclude(**({"programme_id": key} if key else {})).first()


class DraftQuerySet(models.QuerySet["Draft"]):
    """Queryset of drafts, last saved first."""

    def waiting(self) -> DraftQuerySet:
        """Return the drafts in review. No query yet."""
        return self.filter(state="in-review")

    def unfinished(self) -> DraftQuerySet:
        """Return the drafts in progress or in review: all except withdrawn records. No query yet."""
        return self.exclude(state="withdrawn")

    def of(self, record: models.Model) -> Draft | None:
        """Return the draft that changes this published record, or None. One query."""
        return self.filter(key=record.pk).first()


class AllowanceQuerySet(models.QuerySet[Any]):
    """Queryset of the counters of the rate limit."""

    def take(self, key: str, most: int, now: datetime, ends: datetime) -> bool:
        """Increment the counter of `key` unless it is at `most`; return whether it was incremented. Three queries.

        Expired counters are deleted first; a new counter expires at `ends`. The limit holds under concurrent requests
        on several nodes, because one UPDATE statement checks and increments the row.
        """
        self.filter(ends__lte=now).delete()
        self.get_or_create(key=key, defaults={"ends": ends})
        return bool(self.filter(key=key, number__lt=most).update(number=F("number") + 1))


class CountryQuerySet(models.QuerySet["Country"]):
    """Queryset of countries and economies, sorted by name."""

    def get_by_natural_key(self, code: str) -> Country:
        return self.get(code=code)

    def with_number_of_programmes(self, counts: Mapping[str, FacetCount]) -> CountryQuerySet:
        """Annotate each country with `number_of_programmes` from the counts of the facet "country". No query yet."""
        return self.annotate(number_of_programmes=number_of(counts, "code")).order_by("sort_name")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Queryset of organisations, sorted by name."""

    def providers(self) -> OrganisationQuerySet:
        """Return the organisations that run programmes, by name, with country and `number_of_programmes`. No query yet.

        The number is a subquery, so that it is computed only for the rows that are read.
        """
        run: Any = self.model._meta.get_field("programmes").related_model
        own = run.objects.filter(provider=OuterRef("pk")).order_by()
        number = own.values("provider").annotate(number=Count("pk")).values("number")
        found = self.filter(Exists(own)).select_related("country").order_by("name")
        return found.annotate(number_of_programmes=Subquery(number))

    def get_by_natural_key(self, name: str) -> Organisation:
        return self.get(name=name)


class SourceQuerySet(models.QuerySet["Source"]):
    """Queryset of the documents other than the annex that examples quote."""

    def get_by_natural_key(self, url: str) -> Source:
        return self.get(url=url)


class SynonymQuerySet(models.QuerySet["Synonym"]):
    """Queryset of synonym groups, sorted by label."""

    def get_by_natural_key(self, label: str) -> Synonym:
        return self.get(label=label)


class TermQuerySet(models.QuerySet["Term"]):
    """Queryset of terms of the vocabulary, in the order of creation."""

    def get_by_natural_key(self, key: str) -> Term:
        return self.get(key=key)

    def or_narrower(self, keys: Iterable[int]) -> set[int]:
        """Return the primary keys of terms and of all terms below them. One query."""
        broader = dict(self.values_list("pk", "broader_id"))
        found = set(keys)
        while below := {pk for pk, above in broader.items() if above in found} - found:
            found |= below
        return found


class ClassificationQuerySet(models.QuerySet["Classification"]):
    """Queryset of the classifications of programmes, in the order of creation."""

    def get_by_natural_key(self, slug: str, key: str) -> Classification:
        return self.get(programme__slug=slug, term__key=key)


class RecommendationTopicQuerySet(models.QuerySet["RecommendationTopic"]):
    """Queryset of the topics of recommendations, in the order of creation."""

    def get_by_natural_key(self, number: str, key: str) -> RecommendationTopic:
        return self.get(recommendation__number=number, term__key=key)


class ExampleQuerySet(models.QuerySet["Example"]):
    """Queryset of examples, in the order of the annex."""

    def get_by_natural_key(self, number: str, position: int) -> Example:
        return self.get(recommendation__number=number, position=position)

    def of_annex(self) -> ExampleQuerySet:
        """Return the examples that quote the annex, not a later document. No query yet."""
        return self.filter(source=None)

    def between(self, start: int, stop: int) -> ExampleQuerySet:
        """Return the examples from index `start` to `stop` (excluded). No query yet.

        The subquery sorts only primary keys, which is much faster than sorting rows at a large offset.
        """
        return self.filter(pk__in=self.values("pk")[start:stop])

    def with_details(self) -> ExampleQuerySet:
        """Return the examples with recommendation, source, programmes, their countries and providers, prefetched.

        Three queries in total.
        """
        return self.select_related("recommendation__category", "source").prefetch_related(
            "programmes__countries", "programmes__provider__country"
        )
