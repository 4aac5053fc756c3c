"""Health checks for load balancers: liveness and readiness, never cached."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gvc_catalogue.search_index.errors import IndexUnavailableError
from gvc_catalogue.search_index.sync.refresh import CurrentSnapshot
from gvc_catalogue.search_index.sync.revision import consistent_revision
from gvc_catalogue.web.service_unavailable import RETRY_AFTER
from programmes.search.index_document import INDEX


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Liveness probe: return 200 while the process runs. No query."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Readiness probe: return 200 with status `ready`, or `degraded` when the index or the database fails or lags.

    It is 503 with Retry-After when neither is available.
    """
    database, served = database_answers(), index()
    found = {
        "status": "ready" if database and served and not served.passing else "degraded",
        "database": "answers" if database else "lost",
        "index": "missing" if served is None else "behind" if served.catching_up else "answers",
        "revision": served.revision if served else None,
    }
    if database or served:
        return JsonResponse(found)
    return JsonResponse(found | {"status": "unavailable"}, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def database_answers() -> bool:
    """Return whether the database that serves readers is available; one query."""
    try:
        consistent_revision()
    except DatabaseError:
        return False
    return True


def index() -> CurrentSnapshot | None:
    """Return the current snapshot of the search index, refreshed first; None when there is none."""
    try:
        return INDEX.current_snapshot()
    except (DatabaseError, IndexUnavailableError):
        return None
