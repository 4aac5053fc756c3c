"""Who sent a request, as far as one needs to know to count: never their address itself."""

from datetime import date

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .middleware.trusted_proxies import client_network


def client_key(request: HttpRequest, day: date) -> str:
    """Return what is the same for all requests from one address on one day, and tells nobody the address.

    It is keyed with the installation's secret, and another one each day. Of IPv6 the network counts (/64): who has
    one address has them all.
    """
    return salted_hmac("sender", f"{day} {client_network(request)}", algorithm="sha256").hexdigest()[:40]
