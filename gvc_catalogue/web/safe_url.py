"""URL sanitising (XSS): links to other sites are shown only with the scheme http or https."""

from urllib.parse import urlsplit

# No javascript: or data:, which a browser would run.
SCHEMES = ("http", "https")


def safe_url(url: str | None) -> str:
    """Return an http or https URL with a host unchanged; "" for any other value, such as `javascript:` or None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return str(url) if parts.scheme in SCHEMES and parts.netloc else ""
