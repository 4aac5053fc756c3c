"""Read routing: requests of readers use a read replica, those of curators the primary; a failed read is retried once.

A read fails when a connection is lost or a file of the search index is damaged. The retry opens a new connection,
to another host where there are several, and opens the index again. While the database is unavailable the last response
of this node is sent (stale-if-error); without one the response is 503.
"""

import logging

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gvc_catalogue.database import router
from gvc_catalogue.database.router import LOST
from gvc_catalogue.search_index.errors import DamagedIndexError, IndexUnavailableError
from gvc_catalogue.search_index.sync.refresh import INDEXES
from gvc_catalogue.web.service_unavailable import DATABASE, INDEX, REVISION, ServiceUnavailable, service_unavailable

from .page_cache import GetResponse

logger = logging.getLogger(__name__)
SAFE = ("GET", "HEAD")
CURATORS = "/admin/"


class ReadRoutingMiddleware:
    """Read routing middleware. Order: outside of all middleware that queries the database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.asked(request)
        if isinstance(response, ServiceUnavailable) and request.method in SAFE:
            response = self.asked(request)
        if isinstance(response, ServiceUnavailable) and response.cause is DATABASE and response.last:
            return response.last.last_known()
        if shown := router.stale_revision():
            response[REVISION] = str(shown)
        return response

    def asked(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response after closing connections known as lost, and routing reads to the replica or primary."""
        router.close_lost_connections()
        if is_curators(request):
            router.read_as_curator()
        else:
            router.read_as_reader()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Return 503 where the database connection was lost or no index is available; None for other exceptions.

        After a DamagedIndexError the indexes drop their open files, so that the retry opens or builds them again.
        """
        if isinstance(exception, IndexUnavailableError):
            return service_unavailable(request, INDEX)
        if isinstance(exception, DamagedIndexError):
            for index in INDEXES:
                index.give_up(exception)
            return service_unavailable(request, INDEX)
        if isinstance(exception, LOST):
            logger.warning("The database was lost.", exc_info=exception)
            return service_unavailable(request)
        return None


def is_curators(request: HttpRequest) -> bool:
    """Return whether a request must read the primary, as a replica may lag behind.

    True with a session cookie, for unsafe methods and below /admin/.
    """
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return known or request.method not in SAFE or request.path.startswith(CURATORS)
