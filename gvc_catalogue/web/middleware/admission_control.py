"""Admission control (load shedding): a limit of concurrent requests, a bounded queue, and 503 for all others.

Costly addresses (whole lists as files, deep pages, prefixes of one letter) have a quota of their own, so that a client
that sends many of them cannot block the pages of others (bulkhead). Password checks, which are slow by design, have
one too, and long bodies, which a thread reads while they arrive. Limits apply per process.
"""

import logging
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from math import inf
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string

from gvc_catalogue.web.logging.request_context import current_request_id
from gvc_catalogue.web.problem_details import problem
from gvc_catalogue.web.request_buffering import HELD

from .cors import is_data
from .health_check import HEALTH

# Queue timeout in seconds: after it a client has given up and sent the request again.
PATIENCE = 5.0
RETRY_AFTER = "5"
# Each quota is one SHARE-th of the slots and of the queue, at least 1.
SHARE = 4
COSTLY, PASSWORDS, BODIES = "costly", "passwords", "bodies"
KINDS = (COSTLY, PASSWORDS, BODIES)
# Pages after this number (deep pagination) are costly; readers rarely open them.
DEEP = 50
# Placeholder of the request id in the cached page.
NAME = "\ue000"
SENTENCE = "More is being asked of the catalogue just now than it can answer. Ask again in a few seconds."

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class FairSemaphore:
    """Fair semaphore: at most `at_once` slots, and a FIFO queue of at most `waiting` threads."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once, self.most = at_once, waiting
        self._taken = 0
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def take(self, patience: float = PATIENCE) -> bool:
        """Acquire a slot; wait in the queue for at most `patience` seconds.

        Returns False where the queue is full or on timeout. After True the caller must call `leave`.
        """
        with self._lock:
            if self._taken < self.at_once:
                self._taken += 1
                return True
            if len(self._waiting) >= self.most:
                return False
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(patience):
            return True
        with self._lock:
            if turn.is_set():  # The slot was handed over between the timeout and the lock.
                return True
            self._waiting.remove(turn)
            return False

    def leave(self) -> None:
        """Release a slot. It goes directly to the thread that has waited longest, so a new request cannot overtake."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken -= 1


class SlotHoldingStream:
    """Streamed body that holds its slots until it is closed or garbage-collected, whether it was read or not."""

    def __init__(self, pieces: Iterator[bytes], places: ExitStack) -> None:
        self._pieces, self._places = pieces, places

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        """Release the slots. Idempotent."""
        self._places.close()

    __del__ = close


class RejectionCounter:
    """Counter of rejected requests: at most one log entry per `EVERY` seconds, as one per request would add load."""

    EVERY = 10.0

    def __init__(self) -> None:
        self._number, self._said, self._lock = 0, -inf, threading.Lock()

    def note(self) -> None:
        """Count one rejection, and write the log entry if it is due."""
        with self._lock:
            self._number += 1
            if monotonic() - self._said > self.EVERY:
                logger.warning("Too busy: %d requests were told to come again.", self._number)
                self._number, self._said = 0, monotonic()


class AdmissionControlMiddleware:
    """Admission control middleware.

    Order: outside of all middleware that queries the database, inside of those that set headers and serve static files.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        at_once, waiting = settings.WEB_THREADS, settings.WEB_WAITING
        self.places = FairSemaphore(at_once, waiting)
        self.refused = RejectionCounter()
        self.shares = {kind: FairSemaphore(max(1, at_once // SHARE), max(1, waiting // SHARE)) for kind in KINDS}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Health checks bypass the limit: an overloaded node must not be taken for a dead one.
        if request.path.startswith(HEALTH):
            return self.get_response(request)
        with ExitStack() as places:
            share = self.shares.get(kind_of(request))
            for wanted in (share, self.places) if share else (self.places,):
                if not wanted.take():
                    self.refused.note()
                    return busy(request)
                places.callback(wanted.leave)
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = SlotHoldingStream(iter(response), places.pop_all())
        return response


def kind_of(request: HttpRequest) -> str:
    """Return the quota of a request: `BODIES`, `PASSWORDS`, `COSTLY` or "" for none. The body is not read."""
    # BodyLimitMiddleware, which is outside of this one, has refused lengths that are no numbers.
    if int(request.META.get("CONTENT_LENGTH") or 0) > HELD:
        return BODIES
    if request.method == "POST" and request.path.startswith(tuple(settings.PASSWORD_ADDRESSES)):
        return PASSWORDS
    return COSTLY if is_costly(request) else ""


def is_costly(request: HttpRequest) -> bool:
    """Return whether a response is far slower than a page, judged by path and query string alone."""
    if any(re.match(address, request.path) for address in settings.COSTLY_ADDRESSES):
        return True
    page, words = request.GET.get("page", ""), request.GET.get("q", "")
    return len(words.strip()) == 1 or (page.isdecimal() and int(page[:6]) > DEEP)


@cache
def busy_page() -> str:
    """Return the HTML page of the 503, rendered once per process, as it is sent often and under load."""
    return render_to_string("busy.html", {"sentence": SENTENCE, "id": NAME})


def busy(request: HttpRequest) -> HttpResponse:
    """Return 503 Service Unavailable with Retry-After: an HTML page, or problem details (RFC 9457) for data addresses.

    No query.
    """
    if is_data(request.path):
        response: HttpResponse = problem(503, "Too busy", SENTENCE)
    else:
        response = HttpResponse(busy_page().replace(NAME, current_request_id()), status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    # Django would log each one as an error; RejectionCounter has counted it.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
