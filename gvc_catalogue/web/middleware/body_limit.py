"""Request body size limit: a form for readers, a file upload for curators, checked before the body is read.

A small body is read here, before admission control: a slow client (slow POST, Slowloris) holds no slot.
"""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase


class BodyLimitMiddleware:
    """Body size limit middleware.

    Order: outside of all middleware that reads a body, as the CSRF check does on every address.
    `settings.LARGEST_BODIES` maps a path prefix to the limit in bytes; the first prefix that matches applies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response. Raises RequestDataTooBig, answered by an error page, above the limit.

        A Content-Length that is not a number of at most 12 digits counts as above it.
        """
        sent = str(request.META.get("CONTENT_LENGTH") or "0")
        most = next(most for start, most in settings.LARGEST_BODIES.items() if request.path.startswith(start))
        if not sent.isdigit() or len(sent) > 12 or int(sent) > most:
            raise RequestDataTooBig(f"The body is longer than {most} bytes.")
        if 0 < int(sent) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            # A body that ends early or is too long is discarded; a view that reads the form finds it empty.
            with suppress(UnreadablePostError, RequestDataTooBig):
                _ = request.body
        return self.get_response(request)
