"""What is missing or uncertain, as questions to the database; the worklists and /about/data/ ask the same ones.

Each takes rows and returns those with the defect. None of them is a query yet, but for `probable_duplicates`.
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

# Among so many programmes, those recorded last, duplicates are looked for; of one provider among so many.
NEWEST = 2_000
OF_ONE_PROVIDER = 300
# Names at least so much alike, of 100, are probably one programme's.
CLOSE = 90


def with_dead_link(programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """Those with a link whose page is gone for days or silent for weeks."""
    return programmes.filter(pk__in=Link.objects.filter(url__in=dead().values("url")).values("programme"))


def not_checked_since(programmes: ProgrammeQuerySet, day: date) -> ProgrammeQuerySet:
    """Those that nobody looked up on this day or later, or ever."""
    return programmes.filter(Q(checked_on=None) | Q(checked_on__lt=day))


def placed_by_inference(examples: ExampleQuerySet) -> ExampleQuerySet:
    """Those whose row was read from the sense."""
    return examples.filter(placed_by_inference=True)


def without_example(recommendations: RecommendationQuerySet) -> RecommendationQuerySet:
    """The gaps: recommendations of part ii that nobody has an example for."""
    part_ii = Recommendation.objects.of_part_ii().values("pk")
    return recommendations.filter(~Exists(Example.objects.filter(recommendation=OuterRef("pk"))), pk__in=part_ii)


def older_than(drafts: DraftQuerySet, moment: datetime) -> DraftQuerySet:
    """Those begun before a moment, that somebody still works at or that wait for review."""
    return drafts.unfinished().filter(created_at__lt=moment)


def probable_duplicates() -> list[int]:
    """Return the keys of programmes with a close name beside them under the same provider, of the newest 2,000.

    One query; the work is bounded whatever the size of the catalogue.
    """
    by_provider: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, provider, name in Programme.objects.order_by("-pk").values_list("pk", "provider", "sort_name")[:NEWEST]:
        by_provider[provider].append((key, name))
    return sorted(key for named in by_provider.values() if len(named) > 1 for key in close(named[:OF_ONE_PROVIDER]))


def close(named: list[tuple[int, str]]) -> Iterator[int]:
    """Yield the keys whose names are close to another's; the order of their words does not matter."""
    names = [name for _, name in named]
    likeness: Any = cdist(names, names, scorer=token_sort_ratio, score_cutoff=CLOSE)
    for (key, _), others in zip(named, likeness, strict=True):
        if (others > 0).sum() > 1:
            yield key
