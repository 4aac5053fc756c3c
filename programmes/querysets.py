"""Questions to the database, as verbs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Prefetch, Q, Subquery, Value, When

from gvc_catalogue.lib.tallies import number_of
from gvc_catalogue.lib.wordings import either, with_terms, word_beginning
from gvc_catalogue.lib.words import Term

from .selection import FACETS, Selection

if TYPE_CHECKING:
    from .models import Country, Draft, Example, FormerSlug, Organisation, Programme, Source, Synonym

NULLS_LAST = F("first").asc(nulls_last=True)
# Where a facet's key stands, seen from a programme.
KEYS = {
    "country": "countries__code",
    "region": "countries__region",
    "category": "examples__recommendation__category__code",
    "recommendation": "examples__recommendation__number",
    "provider": "provider__kind",
    "status": "status",
}
# Where words are looked for: in the programme's own row, by its countries, by its examples.
WORDINGS = (
    ("name", "provider__name"),
    ("countries__name", "countries__name_in_source", "countries__other_names"),
    (
        "examples__text",
        "examples__recommendation__text",
        "examples__recommendation__annex_text",
        "examples__recommendation__category__title",
        "examples__recommendation__category__annex_title",
    ),
)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes. Conditions are subqueries, never joins: no programme comes twice, and counts stay true."""

    def get_by_natural_key(self, slug: str) -> Programme:
        return self.get(slug=slug)

    def matching(self, selection: Selection, leave_out: str = "") -> ProgrammeQuerySet:
        """Those that the selection asks for; `leave_out` names a parameter not to heed. No query yet."""
        found = self
        for name in FACETS:
            if name != leave_out and (values := getattr(selection, name)):
                found = found.filter(self._where(**{f"{KEYS[name]}__in": values}))
        return found if leave_out == "q" or not selection.q else found.with_terms(selection.terms)

    def with_terms(self, terms: Iterable[Term]) -> ProgrammeQuerySet:
        """Those with every term, and none of the excluded ones; nothing where there is no term. No query yet."""
        return with_terms(self, terms, self._mentions)

    def _mentions(self, term: Term) -> Q:
        own, *related = WORDINGS
        return reduce(or_, (self._where(either(paths, term.pattern)) for paths in related), either(own, term.pattern))

    def _where(self, *conditions: Q, **lookups: object) -> Q:
        return Q(pk__in=self.model._default_manager.filter(*conditions, **lookups).values("pk"))

    def sorted_by(self, selection: Selection) -> ProgrammeQuerySet:
        """In the order asked; ties by slug; those without a country or recommendation last. No query yet."""
        match selection.order:
            case "relevance":
                return self.annotate(score=self._score(selection.terms)).order_by("-score", "slug")
            case "country":
                return self.annotate(first=Min("countries__sort_name")).order_by(NULLS_LAST, "slug")
            case "recommendation":
                return self.annotate(first=Min("examples__recommendation__position")).order_by(NULLS_LAST, "slug")
        return self.order_by("sort_name", "slug")

    def _score(self, terms: Iterable[Term]) -> Any:
        """A word in the name weighs more than one in a quotation, and that more than one elsewhere."""
        score: Any = Value(0)
        for term in terms:
            in_quotation = Exists(
                self.model._default_manager.filter(pk=OuterRef("pk"), examples__text__regex=term.pattern)
            )
            score += Case(When(name__regex=term.pattern, then=4), default=0) + Case(
                When(in_quotation, then=2), default=0
            )
        return score

    def facet_counts(self, selection: Selection) -> dict[str, dict[str, int]]:
        """How many programmes have each value of each facet under all *other* choices; one query for all.

        The total stands under `["total"][""]`. Values that none has are left out.
        """
        total = self.matching(selection).values(facet=Value("total"), value=Value("")).annotate(number=Count("pk"))
        arms = [self._facet_arm(selection, name) for name in FACETS]
        counts: dict[str, dict[str, int]] = {name: {} for name in (*FACETS, "total")}
        for row in total.order_by().union(*arms, all=True):
            counts[row["facet"]][row["value"]] = row["number"]
        return counts

    def _facet_arm(self, selection: Selection, name: str) -> Any:
        matching = self._where(pk__in=self.matching(selection, leave_out=name).values("pk"))
        having_one = self.model._default_manager.filter(matching, **{f"{KEYS[name]}__isnull": False}).order_by()
        rows = having_one.values(facet=Value(name), value=F(KEYS[name]))
        return rows.annotate(number=Count("pk", distinct=True))

    def counts_without(self, selection: Selection) -> dict[str, int]:
        """For each parameter that narrows the list, how many there would be without it; one query."""
        arms = [
            self.matching(selection, leave_out=name)
            .order_by()
            .values(left_out=Value(name))
            .annotate(number=Count("pk"))
            for name in selection.active
        ]
        if not arms:
            return {}
        rows = arms[0].union(*arms[1:], all=True)
        return {row["left_out"]: row["number"] for row in rows}

    def with_details(self) -> ProgrammeQuerySet:
        """Each with all that its record tells; five queries in all."""
        examples: Any = self.model._meta.get_field("examples").related_model
        return self.select_related("provider__country", "successor").prefetch_related(
            "countries",
            "partners",
            "links",
            Prefetch("examples", examples.objects.select_related("recommendation__category", "source")),
        )

    def named_like(self, typed: str) -> ProgrammeQuerySet:
        """Those whose name has a word that begins so, by name. No query yet."""
        begins = word_beginning(typed)
        return self.filter(name__regex=begins) if begins else self.none()

    def beside(self, slug: str, **lookups: object) -> ProgrammeQuerySet:
        """The other programmes that share this with the one at an address, by name. No query yet."""
        return self.filter(self._where(**lookups)).exclude(slug=slug)


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

    def with_terms(self, terms: Iterable[Term]) -> CountryQuerySet:
        """Those that one of its names or adjectives has every term of. No query yet."""
        names = ("name", "name_in_source", "other_names")
        return with_terms(self, terms, lambda term: either(names, term.pattern))

    def named_like(self, typed: str) -> CountryQuerySet:
        """Those with a name or adjective that has a word beginning so, or with this code. No query yet."""
        begins = word_beginning(typed)
        names = ("name", "name_in_source", "other_names")
        return self.filter(Q(code=typed.strip().upper()) | either(names, begins)) if begins else self.none()

    def with_number_of_programmes(self) -> CountryQuerySet:
        """Each with `number_of_programmes`: one query beforehand, for the revision."""
        return self.annotate(number_of_programmes=number_of("country", "code")).order_by("sort_name")


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

    def from_country(self, country: Country) -> ExampleQuerySet:
        """Those that describe a programme of this country. No query yet."""
        return self.filter(programmes__countries=country).distinct()

    def between(self, start: int, stop: int) -> ExampleQuerySet:
        """Those from one place to another; far into a long list keys are sorted much faster than rows. No query yet."""
        return self.filter(pk__in=self.values("pk")[start:stop])

    def with_details(self) -> ExampleQuerySet:
        """Each with its recommendation, source, programmes, their countries and providers; three queries in all."""
        return self.select_related("recommendation__category", "source").prefetch_related(
            "programmes__countries", "programmes__provider__country"
        )
