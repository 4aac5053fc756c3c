"""Which addresses are due, and what is written down of each."""

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
# What answers is asked again after a month, what failed on the next day.
AGAIN, AGAIN_FAILED = timedelta(days=30), timedelta(hours=20)
# A page is dead when it was said to be gone again after so long, or gave no answer for so long.
GONE_FOR, SILENT_FOR = timedelta(days=3), timedelta(days=14)


def due(older_than: timedelta | None = None, slug: str = "", limit: int | None = None) -> QuerySet[Link, str]:
    """Return the different addresses to ask, longest unchecked first, hosts mixed. No query yet.

    Without `older_than` those that answered a month ago or failed a day ago.
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
    """Yield addresses without holding them all; one query."""
    return urls.iterator(chunk_size=500)


@transaction.atomic
def note(answer: CheckResult, at: datetime) -> LinkCheck:
    """Write down what an address answered; since when it fails is kept while it does. Two or three queries."""
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
    """Return the checks of pages that are gone for days or silent for weeks, while links lead there. No query yet."""
    gone = Q(outcome=Outcome.GONE, failing_since__lte=F("checked_at") - GONE_FOR)
    silent = Q(outcome=Outcome.FAILS, failing_since__lte=F("checked_at") - SILENT_FOR)
    return LinkCheck.objects.filter(gone | silent, url__in=Link.objects.values("url"))
