"""Who asks: what a proxy says about its reader counts where the proxy is trusted, and nowhere else."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# What only a proxy may say. Anybody can send these.
SAID_BY_PROXIES = ("HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_REQUEST_ID", "HTTP_X_FORWARDED")
# One subscriber has so many addresses of IPv6 at least.
OF_ONE_SUBSCRIBER = 64


class TrustedProxiesMiddleware:
    """Middleware; outermost. Further in, REMOTE_ADDR is the reader's, and no header is left that is not to be believed.

    Trusted are the networks of `settings.TRUSTED_PROXIES` and, where there is one, whoever comes by a Unix socket.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer = str(request.META.get("REMOTE_ADDR") or "")
        if is_trusted(peer):
            request.META["REMOTE_ADDR"] = client_address(peer, request.META.get("HTTP_X_FORWARDED_FOR", ""))
        else:
            for name in [name for name in request.META if name.startswith(SAID_BY_PROXIES)]:
                del request.META[name]
        return self.get_response(request)


def is_trusted(address: str) -> bool:
    """Say whether a peer is one of our proxies; "" is the other end of a Unix socket."""
    networks: list[Network] = settings.TRUSTED_PROXIES
    found = parsed(address)
    return any(found in network for network in networks) if found else not address and bool(networks)


def client_address(peer: str, forwarded: str) -> str:
    """Return the address that the outermost of our proxies saw: of those in X-Forwarded-For the last that is not ours.

    What stands before it came from the reader, and may be anything.
    """
    for address in reversed([part.strip() for part in forwarded.split(",")]):
        found = parsed(address)
        if found is None:
            return peer
        if not is_trusted(str(found)):
            return str(found)
        peer = str(found)
    return peer


def client_network(request: HttpRequest) -> str | None:
    """Return whose attempts to sign in are counted together: an address, of IPv6 the first one of its subscriber.

    All those of whom no address is known are one.
    """
    found = parsed(str(request.META.get("REMOTE_ADDR") or ""))
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, OF_ONE_SUBSCRIBER), strict=False).network_address)
    return str(found) if found else None


def parsed(address: str) -> Address | None:
    """Return an address that can be read; one of IPv4 written as IPv6 is what it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found
