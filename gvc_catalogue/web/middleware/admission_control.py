"""When more ask than can be answered: so many at once, some more wait their turn, all others are told to come again.

Costly addresses (whole lists as files, deep pages, prefixes of one letter) have a share of their own, and so have
passwords, which take long to check by intention: whoever asks for many of them keeps nobody from a page. Each process
counts for itself.
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

from .cors import is_data
from .health_check import HEALTH

# Nobody waits longer, in seconds: a reader has gone by then, and has asked again.
PATIENCE = 5.0
RETRY_AFTER = "5"
# A share of all places and of the queue that these may take each, but one at least.
SHARE = 4
COSTLY, PASSWORDS = "costly", "passwords"
# Pages behind this one, which readers hardly turn to, are counted as costly.
DEEP = 50
# Stands in the page where the name of the request goes.
NAME = "\ue000"
SENTENCE = "More is being asked of the catalogue just now than it can answer. Ask again in a few seconds."

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class FairSemaphore:
    """So many places; so many may wait for one, first come, first served."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once, self.most = at_once, waiting
        self._taken = 0
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def take(self, patience: float = PATIENCE) -> bool:
        """Take a place, now or within so many seconds; whether there was one. Whoever has one must `leave`."""
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
            if turn.is_set():  # Handed over at the last moment.
                return True
            self._waiting.remove(turn)
            return False

    def leave(self) -> None:
        """Hand the place to who has waited longest; nobody who comes now gets in between."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken -= 1


class SlotHoldingStream:
    """What is streamed, with the places that it holds until it is closed, read or not, or forgotten."""

    def __init__(self, pieces: Iterator[bytes], places: ExitStack) -> None:
        self._pieces, self._places = pieces, places

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        """Give the places back; doing it again does nothing."""
        self._places.close()

    __del__ = close


class RejectionCounter:
    """Counts those who are turned away, and writes one line of them now and then: a line each would be a load too."""

    EVERY = 10.0

    def __init__(self) -> None:
        self._number, self._said, self._lock = 0, -inf, threading.Lock()

    def note(self) -> None:
        """Count one more."""
        with self._lock:
            self._number += 1
            if monotonic() - self._said > self.EVERY:
                logger.warning("Too busy: %d requests were told to come again.", self._number)
                self._number, self._said = 0, monotonic()


class AdmissionControlMiddleware:
    """Middleware; outside of all that asks the database, inside of what sets headers and serves static files."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        at_once, waiting = settings.WEB_THREADS, settings.WEB_WAITING
        self.places = FairSemaphore(at_once, waiting)
        self.refused = RejectionCounter()
        self.shares = {
            kind: FairSemaphore(max(1, at_once // SHARE), max(1, waiting // SHARE)) for kind in (COSTLY, PASSWORDS)
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Who asks after our health must learn that we are alive, above all when we are busy.
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
    """Return which share of the places an answer is taken from; "" for all others. Told without reading the body."""
    if request.method == "POST" and request.path.startswith(tuple(settings.PASSWORD_ADDRESSES)):
        return PASSWORDS
    return COSTLY if is_costly(request) else ""


def is_costly(request: HttpRequest) -> bool:
    """Say whether an answer takes far longer than a page; told by the address alone."""
    if any(re.match(address, request.path) for address in settings.COSTLY_ADDRESSES):
        return True
    page, words = request.GET.get("page", ""), request.GET.get("q", "")
    return len(words.strip()) == 1 or (page.isdecimal() and int(page[:6]) > DEEP)


@cache
def busy_page() -> str:
    """Return the page for people, rendered once a process: thousands are sent when there is least time."""
    return render_to_string("busy.html", {"sentence": SENTENCE, "id": NAME})


def busy(request: HttpRequest) -> HttpResponse:
    """Return the answer (503) that there is no place, in the form that was asked for; it asks no database."""
    if is_data(request.path):
        response: HttpResponse = problem(503, "Too busy", SENTENCE)
    else:
        response = HttpResponse(busy_page().replace(NAME, current_request_id()), status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    # Django would write a line of each as an error: Refused has counted it.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
