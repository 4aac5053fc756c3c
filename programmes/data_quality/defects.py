"""Data quality defects as querysets; the worklists of the admin and /about/data/ use the same ones.

Each function filters a queryset to the rows with the defect. Only `probable_duplicates` runs a query itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist

from recommendations.models import Recommendation
from recommendations.querysets import RecommendationQuerySet

from ..link_checker.storage import dead
from ..models import Example, Link, Programme
from ..models.querysets import DraftQuerySet, ExampleQuerySet, ProgrammeQuerySet

# Duplicates are searched among this many of the last recorded programmes, and this many of each provider.
NEWEST = 2_000
OF_ONE_PROVIDER = 300
# Names with at least this similarity (0 to 100) are probably of the same programme.
CLOSE = 90


def with_dead_link(programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """Return the programmes with a dead link: the page is gone for days or unresponsive for weeks. No query yet."""
    return programmes.filter(pk__in=Link.objects.filter(url__in=dead().values("url")).values("programme"))


def not_checked_since(programmes: ProgrammeQuerySet, day: date) -> ProgrammeQuerySet:
    """Return the programmes with a last status check before this day, or without a check. No query yet."""
    return programmes.filter(Q(checked_on=None) | Q(checked_on__lt=day))


def placed_by_inference(examples: ExampleQuerySet) -> ExampleQuerySet:
    """Return the examples placed in their row by inference. No query yet."""
    return examples.filter(placed_by_inference=True)


def without_example(recommendations: RecommendationQuerySet) -> RecommendationQuerySet:
    """Return the gaps: recommendations of part ii without an example. No query yet."""
    part_ii = Recommendation.objects.of_part_ii().values("pk")
    return recommendations.filter(~Exists(Example.objects.filter(recommendation=OuterRef("pk"))), pk__in=part_ii)


def older_than(drafts: DraftQuerySet, moment: datetime) -> DraftQuerySet:
    """Return the drafts in progress or in review that were created before a moment. No query yet."""
    return drafts.unfinished().filter(created_at__lt=moment)


def probable_duplicates() -> list[int]:
    """Return the primary keys of probable duplicates, sorted: similar names under the same provider.

    Only the newest 2,000 programmes are compared. One query; the cost does not depend on the size of the catalogue.
    """
    by_provider: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, provider, name in Programme.objects.order_by("-pk").values_list("pk", "provider", "sort_name")[:NEWEST]:
        by_provider[provider].append((key, name))
    return sorted(key for named in by_provider.values() if len(named) > 1 for key in close(named[:OF_ONE_PROVIDER]))


def close(named: list[tuple[int, str]]) -> Iterator[int]:
    """Yield the keys with a name similar to another name (fuzzy matching, independent of word order)."""
    names = [name for _, name in named]
    likeness: Any = cdist(names, names, scorer=token_sort_ratio, score_cutoff=CLOSE)
    for (key, _), others in zip(named, likeness, strict=True):
        if (others > 0).sum() > 1:
            yield key
