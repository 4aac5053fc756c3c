"""Citations of the catalogue itself: of its records, lists and static pages, and the About sheet of its workbooks."""

from typing import Any

from django.urls import reverse

from gvc_catalogue.formats.publisher import ADOPTED, CATALOGUE, OECD, RIGHTS, STATEMENT, CitedRevision
from gvc_catalogue.formats.xlsx import SHA_256_OF_WHAT, Summary

from . import Cite, Kind, Reference, apa

# Titles of the static pages that are cited, by the name in their URL.
PAGES = {
    "about": "About this catalogue",
    "accessibility": "Accessibility",
    "countries": "Countries and economies",
    "privacy": "Privacy",
    "statement": f"{STATEMENT} (transcription)",
}


def own_reference(stamp: CitedRevision, kind: Kind, key: str, title: str, url: str, **more: Any) -> Reference:
    """Return the reference to a record, list or page of the catalogue at a revision.

    `more` overrides fields of Reference, such as `authors`, or adds some. No query.
    """
    known: dict[str, Any] = {
        "authors": (CATALOGUE,),
        "published": stamp.made.date(),
        "publisher": CATALOGUE,
        "accessed": stamp.today,
        "version": stamp.revision,
    }
    return Reference(kind, key, title, url, **{**known, **more})


def page_reference(name: str, root: str, stamp: CitedRevision) -> Reference:
    """Return the reference to a static page; `name` is a key of PAGES, `root` the scheme and host of the site.

    The statement has the OECD as its author and its own date of adoption. No query.
    """
    more: dict[str, Any] = {"authors": (OECD,), "published": ADOPTED} if name == "statement" else {}
    return own_reference(stamp, Kind.PAGE, f"page:{name}", PAGES[name], f"{root}/{name}/", **more)


def cite_page(name: str, root: str) -> Cite:
    """Return the citation of a static page at the committed revision. At most one query, see CitedRevision.now."""
    bibtex, ris = (reverse(f"page_cited_{form}", args=[name]) for form in ("bib", "ris"))
    return Cite(page_reference(name, root, CitedRevision.now()), bibtex, ris)


def about_workbook(reference: Reference, order: str, stamp: CitedRevision, words: str = "") -> list[tuple[str, Any]]:
    """Return the rows of the About sheet of a list's workbook: label and value of each.

    `reference` is the citation of the list, `words` lists its corrected and omitted search words. No
    query.
    """
    return [
        ("Catalogue", CATALOGUE),
        ("Query", reference.title),
        ("Words", words),
        ("Order", order),
        ("Address", reference.url),
        ("Date", stamp.today),
        ("Revision", str(stamp.revision)),
        ("Revision of", stamp.made),
        ("Records", Summary.RECORDS),
        ("SHA-256 of the records", Summary.SHA_256),
        ("SHA-256 of what", SHA_256_OF_WHAT),
        ("Licence", RIGHTS),
        ("How to cite", apa(reference)),
    ]
