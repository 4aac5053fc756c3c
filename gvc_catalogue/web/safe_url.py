"""Links to other sites, as they are shown: whatever was typed or imported, none runs anything."""

from urllib.parse import urlsplit

# What leads to a page of the web and nowhere else.
SCHEMES = ("http", "https")


def safe_url(url: str | None) -> str:
    """Return an address of the web as it is; "" for any other, such as one that a browser would run."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return str(url) if parts.scheme in SCHEMES and parts.netloc else ""
