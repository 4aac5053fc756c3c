"""Who sent a request, as far as one needs to know to count: never their address itself."""

from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def sender(request: HttpRequest, day: date) -> str:
    """Return what is the same for all requests from one address on one day, and tells nobody the address.

    It is keyed with the installation's secret, and another one each day. Of IPv6 the network counts (/64): who has
    one address has them all.
    """
    return salted_hmac("sender", f"{day} {network(address(request))}", algorithm="sha256").hexdigest()[:40]


def address(request: HttpRequest) -> str:
    """Return where a request came from; behind a proxy what the proxy says, and it adds that last."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def network(text: str) -> str:
    """Return the address of an IPv4, the network of an IPv6; what is neither as it is."""
    try:
        found = ip_address(text)
    except ValueError:
        return text
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else text
