from .api import api, openapi_json
from .discovery import opensearch, page_cited, robots, sitemap, sitemap_pages, sitemap_programmes
from .errors import bad_request, forbidden, not_found, refused, server_error
from .guide import guide
from .health import live, ready
from .home import home
from .pages import about, accessibility, components, privacy
from .search import search, suggest
from .statement import statement
from .verification import check_page

__all__ = [
    "about",
    "accessibility",
    "api",
    "bad_request",
    "check_page",
    "components",
    "forbidden",
    "guide",
    "home",
    "live",
    "not_found",
    "openapi_json",
    "opensearch",
    "page_cited",
    "privacy",
    "ready",
    "refused",
    "robots",
    "search",
    "server_error",
    "sitemap",
    "sitemap_pages",
    "sitemap_programmes",
    "statement",
    "suggest",
]
