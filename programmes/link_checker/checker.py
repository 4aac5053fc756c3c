"""Check of one link: robots.txt, pauses, retries and redirects, reduced to one CheckResult."""

from dataclasses import dataclass
from urllib.parse import urldefrag

from ..models import Outcome
from .host_rate_limit import HostRateLimiter, asked_to_wait
from .http_client import HttpClient, NoResponseError, Response
from .robots_txt import RobotsCache, RobotsUnreachableError
from .url_policy import Address, ForbiddenUrlError, PrivateAddressError, parse

PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
NO_SUCH_PAGE = (404, 410)
REFUSES = (401, 402, 403, 407, 451)
TOO_MANY = 429
# Placeholder response for a server that does not respond to HEAD.
NO_HEAD = Response(405)


@dataclass(frozen=True)
class CheckResult:
    """Result of checking one URL. If the page moved, a `status_code` of 301 or 308 means permanently."""

    url: str
    outcome: Outcome
    status_code: int | None = None
    moved_to: str = ""
    note: str = ""


class DisallowedByRobotsError(Exception):
    """The robots.txt of the host disallows the page."""


class RetryLaterError(Exception):
    """The host accepts no more requests for now (429, Retry-After). Its addresses are left for another run."""


class LinkChecker:
    """Link checker, thread-safe: one instance serves any number of threads."""

    def __init__(self, fetcher: HttpClient, turns: HostRateLimiter) -> None:
        self.fetcher, self.turns, self.limits = fetcher, turns, fetcher.limits
        self.robots = RobotsCache(self._robots_txt, fetcher.agent)
        # Hosts with a Retry-After longer than a run waits, or that still respond 429 after the last try.
        self.resting: set[str] = set()

    def ask(self, url: str) -> CheckResult | None:
        """Return the result of checking a URL; None when its host must be retried in a later run.

        Raises StoppedError when the run is being stopped.
        """
        way: list[int] = []
        try:
            return self._followed(url, way)
        except RetryLaterError:
            return None
        except DisallowedByRobotsError as error:
            return CheckResult(url, Outcome.NOT_ASKED, note=str(error))
        except PrivateAddressError as error:
            return CheckResult(url, Outcome.FORBIDDEN, way[0] if way else None, note=_after(way, str(error)))
        except (ForbiddenUrlError, RobotsUnreachableError, NoResponseError) as error:
            return CheckResult(url, Outcome.FAILS, way[0] if way else None, note=_after(way, str(error)))

    def _followed(self, url: str, way: list[int]) -> CheckResult:
        """Follow redirects, up to the limit, and return the result. The status code of each is appended to `way`."""
        place, seen, fragment = parse(url), set[Address](), urldefrag(url).fragment
        while len(way) <= self.limits.redirects:
            if place in seen:
                return CheckResult(url, Outcome.FAILS, way[0], note="It redirects in a circle.")
            seen.add(place)
            response = self._page(place)
            if response.status not in REDIRECTS or not response.location:
                return _verdict(url, f"{place}#{fragment}" if fragment else str(place), way, response)
            way.append(response.status)
            place = parse(response.location, place)
            fragment = urldefrag(response.location).fragment or fragment
        return CheckResult(url, Outcome.FAILS, way[0], note=f"It redirects more than {self.limits.redirects} times.")

    def _page(self, place: Address) -> Response:
        """Return the response of one page: HEAD first, retries by GET. No response body is read.

        Raises RetryLaterError, DisallowedByRobotsError, RobotsUnreachableError, ForbiddenUrlError or NoResponseError.
        """
        if place.host in self.resting:
            raise RetryLaterError
        manners = self.robots.of(place)
        if not manners.allow(place):
            raise DisallowedByRobotsError(f"The robots.txt of {place.host} asks programs to stay away from it.")
        pause = min(manners.pause, self.limits.longest_pause)
        for attempt in range(self.limits.tries):
            response = self._once(place, attempt, pause)
            if _is_final(response, attempt):
                return response
            self._back_off(place.host, attempt, response)
        if response.status == TOO_MANY:
            self._rest(place.host)
        return response

    def _once(self, place: Address, attempt: int, pause: float) -> Response:
        """Send one request within the rate limit: HEAD at the first attempt, then GET.

        Some servers do not respond to HEAD: a failure of HEAD returns NO_HEAD unless only one try is allowed. Raises
        NoResponseError, and RetryLaterError when the host is resting.
        """
        with self.turns.at(place.host, pause):
            if place.host in self.resting:
                raise RetryLaterError
            try:
                return self.fetcher.fetch(place, "GET" if attempt else "HEAD")
            except NoResponseError:
                if attempt or self.limits.tries == 1:
                    raise
                return NO_HEAD

    def _back_off(self, host: str, attempt: int, response: Response) -> None:
        """Back off after 429 or 5xx: as long as Retry-After demands, else exponentially.

        Raises RetryLaterError when that is longer than a run waits.
        """
        if response.status == TOO_MANY or response.status >= 500:
            seconds = asked_to_wait(response.retry_after, self.limits.pause * 2**attempt)
            if seconds > self.limits.longest_pause:
                self._rest(host)
            if attempt + 1 < self.limits.tries:
                self.turns.hold_off(host, seconds)

    def _rest(self, host: str) -> None:
        self.resting.add(host)
        raise RetryLaterError

    def _robots_txt(self, place: Address) -> Response:
        with self.turns.at(place.host):
            return self.fetcher.fetch(place, "GET", most=self.limits.robots_bytes)


def _is_final(response: Response, attempt: int) -> bool:
    """Return whether a retry is pointless: the status is below 400, or a GET got a 4xx status other than 429."""
    if response.status == TOO_MANY or response.status >= 500:
        return False
    return response.status < 400 or attempt > 0


def _verdict(url: str, place: str, way: list[int], response: Response) -> CheckResult:
    moved_to = place if way else ""
    if 200 <= response.status < 300:
        if not way:
            return CheckResult(url, Outcome.ANSWERS, response.status)
        # The first temporary redirect, if there is one, makes the whole chain temporary.
        status = next((one for one in way if one not in PERMANENT), way[0])
        return CheckResult(url, Outcome.MOVED, status, moved_to)
    if response.status in NO_SUCH_PAGE:
        return CheckResult(url, Outcome.GONE, response.status, moved_to)
    words = "It refuses programs, perhaps not readers" if response.status in REFUSES else "It answers"
    return CheckResult(url, Outcome.FAILS, response.status, moved_to, f"{words}: {response.status}.")


def _after(way: list[int], sentence: str) -> str:
    return f"It redirects to what cannot be asked. {sentence}" if way else sentence
