"""Client key: a keyed hash (HMAC) of the client address, by which requests are counted. The address is never stored."""

from datetime import date

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .middleware.trusted_proxies import client_network


def client_key(request: HttpRequest, day: date) -> str:
    """Return a keyed hash (40 hexadecimal digits) of the client address and day, used as the rate-limit key.

    It is keyed with the installation's secret, changes each day and does not reveal the address. IPv6 addresses count
    by network (/64), as one subscriber has all addresses of a network.
    """
    return salted_hmac("sender", f"{day} {client_network(request)}", algorithm="sha256").hexdigest()[:40]
