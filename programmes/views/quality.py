"""View of the data quality report: completeness, dates of checks, defects."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..data_quality import completeness
from ..models import LinkCheck
from ..search.catalogue_snapshot import CatalogueSnapshot


@require_safe
def data_quality(request: HttpRequest) -> HttpResponse:
    """Data quality: completeness of each field, date of the last check, open defects, gaps.

    Four short queries, whatever the size of the catalogue.
    """
    edition = CatalogueSnapshot.now()
    found = completeness.count_data_quality(edition)
    missing, part_ii = completeness.gaps(edition)
    last_asked = LinkCheck.objects.order_by("-checked_at").values_list("checked_at", flat=True).first()
    context = {
        "section": "about",
        "total": found.total,
        "fields": completeness.fields(edition, found),
        "statuses": completeness.statuses(edition, found),
        "defects": completeness.defect_rows(edition, found, timezone.now().date() - timedelta(days=365)),
        "last_checked": date.fromisoformat(max(found.checked)) if found.checked else None,
        "last_asked": last_asked,
        "gaps": missing,
        "part_ii": part_ii,
        "revision": edition.stamp.revision,
    }
    return render(request, "programmes/quality.html", context)
