"""Stored link checks: the queryset of due addresses, the upsert of a result, and the dead links."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import MD5
from django.utils import timezone

from gvc_catalogue.text.sanitise import one_line

from ..models import Link, LinkCheck, Outcome
from .checker import CheckResult

FAILURES = (Outcome.GONE, Outcome.FAILS, Outcome.FORBIDDEN)
# Interval of checks: a month after a success, a day after a failure.
AGAIN, AGAIN_FAILED = timedelta(days=30), timedelta(hours=20)
# A page is dead when it is still gone (404, 410) after three days, or has failed for two weeks.
GONE_FOR, SILENT_FOR = timedelta(days=3), timedelta(days=14)


def due(older_than: timedelta | None = None, slug: str = "", limit: int | None = None) -> QuerySet[Link, str]:
    """Return the distinct addresses to check, never checked and longest unchecked first, hosts mixed. No query yet.

    With `older_than`: those not checked for so long. Without it: those that succeeded 30 days ago or failed 20 hours
    ago. `slug` restricts them to one programme, `limit` is the greatest number of them.
    """
    now = timezone.now()
    checks = LinkCheck.objects.filter(url=OuterRef("url"))
    if older_than is None:
        recent = Q(checked_at__gt=now - AGAIN_FAILED) | Q(checked_at__gt=now - AGAIN, failing_since=None)
    else:
        recent = Q(checked_at__gt=now - older_than)
    links = Link.objects.filter(programme__slug=slug) if slug else Link.objects.all()
    links = links.filter(~Exists(checks.filter(recent)))
    checked = Subquery(checks.order_by().values("checked_at")[:1])
    mixed = links.annotate(checked=checked, mixed=MD5("url")).order_by(F("checked").asc(nulls_first=True), "mixed")
    return mixed.values_list("url", flat=True).distinct()[:limit]


def streamed(urls: QuerySet[Link, str]) -> Iterator[str]:
    """Yield addresses from a streaming cursor, in chunks of 500. One query."""
    return urls.iterator(chunk_size=500)


@transaction.atomic
def note(answer: CheckResult, at: datetime) -> LinkCheck:
    """Store and return the result of a check. `failing_since` is kept while the failure lasts. Two or three queries."""
    before = LinkCheck.objects.select_for_update().filter(url=answer.url).first()
    failing_since = (before and before.failing_since) or at
    said = {
        "outcome": answer.outcome,
        "status_code": answer.status_code,
        "moved_to": one_line(answer.moved_to)[:2000],
        "note": one_line(answer.note)[:300],
        "checked_at": at,
        "failing_since": failing_since if answer.outcome in FAILURES else None,
    }
    return LinkCheck.objects.update_or_create(url=answer.url, defaults=said)[0]


def dead() -> QuerySet[LinkCheck]:
    """Return the checks of dead links: gone for 3 days or failing for 14 days, and still linked. No query yet."""
    gone = Q(outcome=Outcome.GONE, failing_since__lte=F("checked_at") - GONE_FOR)
    silent = Q(outcome=Outcome.FAILS, failing_since__lte=F("checked_at") - SILENT_FOR)
    return LinkCheck.objects.filter(gone | silent, url__in=Link.objects.values("url"))
