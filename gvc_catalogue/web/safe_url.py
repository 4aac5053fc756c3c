"""URL sanitising (XSS): links to other sites are shown only with the scheme http or https and a host."""

from urllib.parse import urlsplit

# No javascript: or data:, which a browser would run.
SCHEMES = ("http", "https")


def safe_url(url: str | None) -> str:
    """Return a URL that `web_host` accepts, unchanged; "" for any other value, such as `javascript:` or None."""
    return url if url and web_host(url) else ""


def web_host(url: str) -> str:
    """Return the host of an http or https URL; "" for any other or an unsafe one."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    # Browsers remove some characters from a URL silently or display them as others: such a URL could mislead.
    printable = url.isprintable() and not any(sign in url for sign in ' \\<>"')
    return host if parts.scheme in SCHEMES and printable else ""
