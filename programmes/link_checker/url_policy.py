"""SSRF guard: allows http and https, on the usual ports, and no host inside a private network.

A host name is resolved once per request, all its IP addresses are checked, and the connection goes to a checked IP
address. This prevents DNS rebinding.
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

IP = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

PORTS = {"http": 80, "https": 443}
# Allowed ports of public hosts: on others a request could reach a mail or database server.
USUAL_PORTS = {80, 443, 8000, 8080, 8443}
LONGEST = 2_000
EVERYTHING = (ip_network("0.0.0.0/0"), ip_network("::/0"))
# Networks that some versions of Python treat as public, and IPv6 prefixes that embed or reach IPv4 addresses.
NEVER = tuple(
    map(
        ip_network,
        ["192.0.0.0/24", "192.88.99.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20"],
    )
)
# Characters that are sent as they are; all others are percent-encoded.
SAFE = "%/:?#[]@!$&'()*+,;=~-._"
NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?", re.ASCII)


class ForbiddenUrlError(Exception):
    """The policy forbids an address. The message is the reason, in a sentence."""


class PrivateAddressError(ForbiddenUrlError):
    """The host of an address has an IP address in a private network."""


@dataclass(frozen=True)
class Address:
    """Parsed http or https URL, without a fragment, in the form in which it is requested."""

    scheme: str
    host: str
    port: int
    # Path and query.
    target: str

    @property
    def authority(self) -> str:
        """Return host and port as in the Host header: without the default port of the scheme."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        """Return the origin (scheme, host, port), which has one robots.txt."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.site + self.target


def parse(url: str, base: Address | None = None) -> Address:
    """Return the address of a URL, resolved against `base` if given, non-ASCII characters percent-encoded.

    Raises ForbiddenUrlError with a sentence.
    """
    if len(url) > LONGEST:
        raise ForbiddenUrlError(f"An address of {len(url):,} characters is too long.")
    try:
        parts = urlsplit(urljoin(str(base), url.strip()) if base else url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ForbiddenUrlError("It is not an address.") from error
    if parts.scheme not in PORTS:
        raise ForbiddenUrlError(f"Only http and https are asked, not “{parts.scheme[:20]}”.")
    if "@" in parts.netloc:
        raise ForbiddenUrlError("An address with a name or a password in it is not asked.")
    target = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
    return Address(parts.scheme, _host(host), PORTS[parts.scheme] if port is None else port, target)


def is_public(ip: IP) -> bool:
    """Return whether an IP address is public. An IPv4-mapped IPv6 address is judged by its IPv4 address."""
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        return is_public(ip.ipv4_mapped)
    if isinstance(ip, IPv6Address) and ip.is_site_local:
        return False
    return ip.is_global and not (
        ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or _in(ip, NEVER)
    )


def resolved(host: str, port: int) -> list[str]:
    """Return the distinct IP addresses of a host name, in the order of the system's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


@dataclass(frozen=True)
class UrlPolicy:
    """SSRF policy: allows the public internet, and the private networks in `private`."""

    private: tuple[Network, ...] = ()
    resolve: Resolve = resolved

    def places(self, address: Address) -> list[str]:
        """Return the IP addresses to connect to, each of them checked.

        Raises ForbiddenUrlError or PrivateAddressError with a sentence, OSError when the name does not resolve.
        """
        try:
            ips = [ip_address(place) for place in self.resolve(address.host, address.port)]
        except UnicodeError as error:
            raise ForbiddenUrlError("Its host is not a name.") from error
        if not ips:
            raise OSError("The name has no address.")
        for ip in ips:
            if not self._may(ip, address.port):
                raise _refused(address, ip)
        return [str(ip) for ip in ips]

    def _may(self, ip: IP, port: int) -> bool:
        """Return whether an IP address and port are allowed. In the networks of `private` all ports are."""
        plain: Any = getattr(ip, "ipv4_mapped", None) or ip
        return _in(plain, self.private) or (is_public(ip) and port in USUAL_PORTS)


def _refused(address: Address, ip: IP) -> ForbiddenUrlError:
    if is_public(ip):
        return ForbiddenUrlError(f"Port {address.port} is not one on which the web is served.")
    return PrivateAddressError(f"{address.host} stands in a private network.")


def _in(ip: IP, networks: Sequence[Network]) -> bool:
    return any(ip.version == network.version and ip in network for network in networks)


def _host(host: str) -> str:
    """Return the host as it is resolved: IDNA for a name. Raises ForbiddenUrlError."""
    if ":" in host:
        # A zone identifier (%eth0) is used by link-local addresses only.
        if "%" in host:
            raise ForbiddenUrlError("Its host is not an address.")
        try:
            return str(IPv6Address(host))
        except ValueError as error:
            raise ForbiddenUrlError("Its host is not an address.") from error
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ForbiddenUrlError("Its host is not a name.") from error
    if len(name) > 253 or not NAME.fullmatch(name):
        raise ForbiddenUrlError("Its host is not a name.")
    return name
