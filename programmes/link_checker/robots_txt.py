"""robots.txt (RFC 9309): fetched once per run and site, parsed, and cached."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from .http_client import NoResponseError, Response
from .url_policy import Address, ForbiddenUrlError, parse

Get = Callable[[Address], Response]
REDIRECTS = 5
# Number of sites in the cache.
KEPT = 500


class RobotsUnreachableError(Exception):
    """The robots.txt could not be read, so that the site is not requested. The message is the reason, in a sentence."""


@dataclass(frozen=True)
class RobotsRules:
    """Parsed robots.txt of a site; `rules` is None where everything is allowed."""

    rules: Protego | None
    agent: str

    def allow(self, address: Address) -> bool:
        """Return whether the page may be requested."""
        return self.rules is None or self.rules.can_fetch(str(address), self.agent)

    @property
    def pause(self) -> float:
        """Return the crawl delay in seconds; 0.0 without one."""
        wanted = float((self.rules and self.rules.crawl_delay(self.agent)) or 0)
        # The delay may be “nan”: each comparison with it is false.
        return wanted if wanted > 0 else 0.0


class RobotsCache:
    """Thread-safe cache of robots.txt by site (scheme, host and port). The oldest entry is evicted first."""

    def __init__(self, get: Get, agent: str) -> None:
        self.get, self.agent = get, agent
        self._kept: OrderedDict[str, RobotsRules | RobotsUnreachableError] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, address: Address) -> RobotsRules:
        """Return the rules of the site of an address; one request, with up to five redirects, unless it is cached.

        Raises RobotsUnreachableError, or ForbiddenUrlError when the policy forbids the site itself. A site without
        robots.txt (4xx) allows everything, one with a failing server (5xx, 429, no response) allows nothing.
        """
        with self._lock:
            found = self._kept.get(address.site)
        if found is None:
            found = self._asked(address)
            with self._lock:
                self._kept[address.site] = found
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        if isinstance(found, RobotsUnreachableError):
            raise RobotsUnreachableError(str(found))
        return found

    def _asked(self, address: Address) -> RobotsRules | RobotsUnreachableError:
        place = parse("/robots.txt", address)
        try:
            for _ in range(REDIRECTS + 1):
                response = self.get(place)
                if response.status not in (301, 302, 303, 307, 308) or not response.location:
                    return self._read(response)
                place = parse(response.location, place)
        except NoResponseError as error:
            return RobotsUnreachableError(str(error))
        except ForbiddenUrlError as error:
            if place.site == address.site:
                raise
            return RobotsUnreachableError(f"Its robots.txt leads astray: {error}")
        return RobotsRules(None, self.agent)

    def _read(self, response: Response) -> RobotsRules | RobotsUnreachableError:
        if response.status >= 500 or response.status == 429:
            return RobotsUnreachableError(
                f"Its robots.txt answers {response.status}: whether it may be asked is not known."
            )
        if response.status >= 300:
            return RobotsRules(None, self.agent)
        return RobotsRules(Protego.parse(response.text.decode("utf-8", errors="replace")), self.agent)
