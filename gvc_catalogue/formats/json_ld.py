"""Structured data of pages as JSON-LD, in the schema.org vocabulary, for search engines and other programs."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from .citations import Reference
from .publisher import ADOPTED, CATALOGUE, LICENCE_URL, OECD, STATEMENT

Thing = dict[str, Any]

# Escapes for HTML: no text can end the surrounding script element, nor begin a comment in it (XSS).
HARMLESS = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
# Media types by file extension.
FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
SOURCE: Thing = {
    "@type": "CreativeWork",
    "name": STATEMENT,
    "author": {"@type": "Organization", "name": OECD},
    "datePublished": ADOPTED.isoformat(),
}


def json_ld(*things: Thing) -> SafeString:
    """Return objects serialised for <script type="application/ld+json">, escaped; several form a @graph."""
    whole = {"@context": "https://schema.org"} | (things[0] if len(things) == 1 else {"@graph": things})
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(HARMLESS))  # noqa: S308 (nothing is left that HTML reads as markup)


def website(root: str, search: str) -> Thing:
    """Return the WebSite object of the catalogue with its SearchAction; `search` is the path of the search page."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{root}{search}?q={{q}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=q"}
    return {"@type": "WebSite", "name": CATALOGUE, "url": f"{root}/", "inLanguage": "en", "potentialAction": action}


def dataset(reference: Reference, description: str, files: Mapping[str, str]) -> Thing:
    """Return the Dataset object of a list; `files` are absolute URLs of its downloads by format, a key of FORMATS."""
    distribution = [
        {"@type": "DataDownload", "encodingFormat": FORMATS[form], "contentUrl": url} for form, url in files.items()
    ]
    return work(reference, "Dataset", description=description, isAccessibleForFree=True, distribution=distribution)


def work(reference: Reference, kind: str = "CreativeWork", **more: Any) -> Thing:
    """Return the CreativeWork object of a reference, based on the statement; empty properties are omitted.

    `kind` is the schema.org type; `more` adds or overrides properties.
    """
    authors = [{"@type": "Organization", "name": name} for name in reference.authors]
    thing = {
        "@type": kind,
        "@id": reference.url,
        "name": reference.title,
        "url": reference.url,
        "inLanguage": reference.language,
        "datePublished": reference.published.isoformat() if reference.published else "",
        "version": str(reference.version or ""),
        "creator": authors,
        "publisher": {"@type": "Organization", "name": reference.publisher},
        "license": LICENCE_URL,
        "isBasedOn": SOURCE,
        "abstract": reference.abstract,
        "keywords": list(reference.keywords),
    }
    return {name: value for name, value in (thing | more).items() if value}


def breadcrumbs(root: str, steps: Iterable[tuple[str, str]]) -> Thing:
    """Return the BreadcrumbList object of a page; `steps` are path and text of each, with an empty path for no link."""
    items = [
        {"@type": "ListItem", "position": number, "name": text} | ({"item": f"{root}{url}"} if url else {})
        for number, (url, text) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
