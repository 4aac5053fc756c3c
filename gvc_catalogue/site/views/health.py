"""Whether this server is well, for those that send readers to it; answered anew each time."""

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
    """The process answers; it asks nothing of anybody."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """It can serve readers: wholly, or `degraded`, by the index or the database alone; 503 where neither answers."""
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
    """Whether the database that readers are answered from does; one query."""
    try:
        consistent_revision()
    except DatabaseError:
        return False
    return True


def index() -> CurrentSnapshot | None:
    """Return what the index would answer from, brought up to date; None when it cannot answer."""
    try:
        return INDEX.serve()
    except (DatabaseError, IndexUnavailableError):
        return None
