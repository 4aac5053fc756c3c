"""Trusted proxies: the client address is read from X-Forwarded-For, only where the peer is a trusted proxy."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Headers that only a proxy may set, as any client can forge them (prefixes of their WSGI names).
SAID_BY_PROXIES = ("HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_REQUEST_ID", "HTTP_X_FORWARDED")
# Prefix length of IPv6: the smallest network that a provider assigns to one subscriber.
OF_ONE_SUBSCRIBER = 64


class TrustedProxiesMiddleware:
    """Middleware that sets REMOTE_ADDR to the client address, and removes forwarding headers of untrusted peers.

    Order: outermost. Trusted are the networks of `settings.TRUSTED_PROXIES` and, if there is one, peers on a Unix
    socket.
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
    """Return whether a peer address is a trusted proxy; "" is the peer of a Unix socket."""
    networks: list[Network] = settings.TRUSTED_PROXIES
    found = parsed(address)
    return any(found in network for network in networks) if found else not address and bool(networks)


def client_address(peer: str, forwarded: str) -> str:
    """Return the client address: the rightmost address of X-Forwarded-For that is not a trusted proxy.

    Addresses to its left are sent by the client and can be forged. An address that cannot be parsed ends the search:
    the trusted proxy to its right is returned, or else `peer`.
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
    """Return the address by which sign-in attempts are counted (lockout): IPv4, or the first address of an IPv6 /64.

    None where the address is unknown; all such clients are counted together.
    """
    found = parsed(str(request.META.get("REMOTE_ADDR") or ""))
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, OF_ONE_SUBSCRIBER), strict=False).network_address)
    return str(found) if found else None


def parsed(address: str) -> Address | None:
    """Return the parsed address, an IPv4-mapped IPv6 address as IPv4; None if it cannot be parsed."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found
