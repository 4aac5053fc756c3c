"""What each request reads, and what its reader gets while no database answers.

A reader's question is put once more when a connection is lost: by a new one, to another host where there are several.
What cannot be answered by the index then, is answered as this node answered it last; else 503.
"""

import logging

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from . import databases
from .databases import LOST
from .kept import GetResponse
from .unavailable import REVISION, Unavailable, unavailable

logger = logging.getLogger(__name__)
SAFE = ("GET", "HEAD")
CURATORS = "/admin/"


class Reading:
    """Middleware; outside of all that asks the database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_curators(request):
            databases.read_as_curator()
            return self.get_response(request)
        response = self.asked(request)
        if isinstance(response, Unavailable):
            response = self.asked(request)
        if isinstance(response, Unavailable) and response.last:
            return response.last.last_known()
        if shown := databases.shown_while_away():
            response[REVISION] = str(shown)
        return response

    def asked(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer by connections that are good, as far as is known."""
        databases.close_lost()
        databases.read_as_reader()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer 503 where the database was lost, and nothing to any other fault."""
        if not isinstance(exception, LOST):
            return None
        logger.warning("The database was lost.", exc_info=exception)
        return unavailable(request)


def is_curators(request: HttpRequest) -> bool:
    """Say whether a request is a curator's, or may change something: it must not be answered by what is behind."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return known or request.method not in SAFE or request.path.startswith(CURATORS)
