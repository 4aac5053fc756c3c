"""Which versions readers are told of, a page at a time, at the same cost however many there are."""

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

# What readers see records of; who searches by synonyms is not told of them.
KINDS: dict[str, Any] = {
    model._meta.label_lower: model
    for model in (Programme, Example, Organisation, Country, Source, Category, Recommendation, Passage)
}
# What was just added to be used by drafts stands on no page of readers yet.
UNUSED = Q(action=Action.ADDED, kind__in=[model._meta.label_lower for model in (Organisation, Source)])
# So many changes are counted and paged; older ones are reached from the last of these pages.
MOST = 10_000


@dataclass(frozen=True)
class VersionPage:
    """A page of versions. `older` is the version before which the list goes on, where it was too long to be counted."""

    page: Page
    versions: list[Version]
    older: int | None


def all_changes() -> VersionQuerySet:
    """Return all that readers are told of, the newest first. No query yet."""
    return Version.objects.filter(kind__in=KINDS).exclude(UNUSED).defer("by", "by_name", "batch")


def changes_about(key: int) -> VersionQuerySet:
    """Return what is told of the programme with this key and of its examples. No query yet."""
    return (
        Version.objects.about(Programme._meta.label_lower, key).filter(kind__in=KINDS).defer("by", "by_name", "batch")
    )


def window(versions: VersionQuerySet, asked: QueryDict, size: int = PAGE_SIZE) -> VersionPage:
    """Return the page asked for by `page`, of the versions before that called `before`; two queries.

    However many there are, no more than MOST are counted or passed over. Raises Http404 for what is no page.
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
