"""Querysets and pagination of the public change log, at a bounded cost however many versions there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, QueryDict

from gvc_catalogue.history.models import Action, Version, VersionQuerySet
from gvc_catalogue.web.filters import printable
from gvc_catalogue.web.pagination import PAGE_SIZE, Page, get_page
from recommendations.models import Category, Passage, Recommendation

from ..models import Country, Example, Organisation, Programme, Source

# Kinds of records with public versions; synonyms of the search are not among them.
KINDS: dict[str, Any] = {
    model._meta.label_lower: model
    for model in (Programme, Example, Organisation, Country, Source, Category, Recommendation, Passage)
}
# Records that were only added for use by drafts are on no public page yet.
UNUSED = Q(action=Action.ADDED, kind__in=[model._meta.label_lower for model in (Organisation, Source)])
# Versions that are counted and paginated; older ones are reached by a link from the last of these pages.
MOST = 10_000


@dataclass(frozen=True)
class VersionPage:
    """A page of versions.

    `older` is the key of the version before which the list continues, where it is too long to be counted; else None.
    """

    page: Page
    versions: list[Version]
    older: int | None


def all_changes() -> VersionQuerySet:
    """Return the queryset of all public versions, the newest first. No query yet."""
    return Version.objects.filter(kind__in=KINDS).exclude(UNUSED).defer("by", "by_name", "batch")


def changes_about(key: int) -> VersionQuerySet:
    """Return the queryset of public versions of the programme with this key and of its examples. No query yet."""
    return (
        Version.objects.about(Programme._meta.label_lower, key).filter(kind__in=KINDS).defer("by", "by_name", "batch")
    )


def window(versions: VersionQuerySet, asked: QueryDict, size: int = PAGE_SIZE) -> VersionPage:
    """Return the page numbered `page` of the versions older than the key in `before`. Two queries.

    No more than MOST versions are counted or skipped. Raises Http404 for an invalid page or key.
    """
    if before := asked.get("before", ""):
        if not (before.isascii() and before.isdigit() and len(before) < 19):
            raise Http404(f"There is no change “{printable(before)}”.")
        versions = versions.filter(pk__lt=int(before))
    counted = versions[: MOST + 1].count()
    shown = get_page(asked.get("page", ""), min(counted, MOST), size)
    found = list(versions[shown.start : shown.stop])
    goes_on = counted > MOST and shown.number == shown.pages
    return VersionPage(shown, found, found[-1].pk if goes_on else None)
