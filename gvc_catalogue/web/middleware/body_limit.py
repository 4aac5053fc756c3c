"""What is sent to us is no longer than a form, from curators than a file of theirs; told before any of it is read.

A form is read here, before it takes a place among those that are answered: whoever sends slowly keeps none.
"""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase


class BodyLimitMiddleware:
    """Middleware; outside of whatever reads a body, as the check of forms does on every address.

    `settings.LARGEST_BODIES` says how many bytes, by how the address begins; the first that fits counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Raise RequestDataTooBig, which is answered in words, for more than that."""
        sent = str(request.META.get("CONTENT_LENGTH") or "0")
        most = next(most for start, most in settings.LARGEST_BODIES.items() if request.path.startswith(start))
        if not sent.isdigit() or len(sent) > 12 or int(sent) > most:
            raise RequestDataTooBig(f"The body is longer than {most} bytes.")
        if 0 < int(sent) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            # Of one that ends too early or is too long nothing is kept, and whoever wants a form finds none.
            with suppress(UnreadablePostError, RequestDataTooBig):
                _ = request.body
        return self.get_response(request)
