from .errors import bad_request, forbidden, not_found, refused, server_error
from .home import home
from .pages import about, accessibility, components, privacy
from .search import search, suggest
from .statement import statement

__all__ = [
    "about",
    "accessibility",
    "bad_request",
    "components",
    "forbidden",
    "home",
    "not_found",
    "privacy",
    "refused",
    "search",
    "server_error",
    "statement",
    "suggest",
]
