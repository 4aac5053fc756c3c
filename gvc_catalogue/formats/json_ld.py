"""What search engines and other programs read of a page: schema.org's terms, as JSON-LD."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from .citations import Reference
from .publisher import ADOPTED, CATALOGUE, LICENCE_URL, OECD, STATEMENT

Thing = dict[str, Any]

# With these no text can end the script element that it stands in, nor begin a comment there.
HARMLESS = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
# By the ending of the address.
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
    """Return things as what stands inside <script type="application/ld+json">."""
    whole = {"@context": "https://schema.org"} | (things[0] if len(things) == 1 else {"@graph": things})
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(HARMLESS))  # noqa: S308 (nothing is left that HTML reads as markup)


def website(root: str, search: str) -> Thing:
    """Return the catalogue as a site; `search` is the path of its search."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{root}{search}?q={{q}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=q"}
    return {"@type": "WebSite", "name": CATALOGUE, "url": f"{root}/", "inLanguage": "en", "potentialAction": action}


def dataset(reference: Reference, description: str, files: Mapping[str, str]) -> Thing:
    """Return a list as a dataset; `files` are its whole addresses by format."""
    distribution = [
        {"@type": "DataDownload", "encodingFormat": FORMATS[form], "contentUrl": url} for form, url in files.items()
    ]
    return work(reference, "Dataset", description=description, isAccessibleForFree=True, distribution=distribution)


def work(reference: Reference, kind: str = "CreativeWork", **more: Any) -> Thing:
    """Return what is cited as a work that is based on the statement; what is empty is left out."""
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
    """Return the way to a page: the address and text of each step; the page itself may have no address."""
    items = [
        {"@type": "ListItem", "position": number, "name": text} | ({"item": f"{root}{url}"} if url else {})
        for number, (url, text) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
