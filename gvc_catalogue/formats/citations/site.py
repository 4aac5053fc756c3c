"""How the catalogue cites itself: its records, lists and written pages, and what its workbooks say of themselves."""

from typing import Any

from django.urls import reverse

from gvc_catalogue.formats.publisher import ADOPTED, CATALOGUE, OECD, RIGHTS, STATEMENT, CitedRevision
from gvc_catalogue.formats.xlsx import SHA_256_OF_WHAT, Summary

from . import Cite, Kind, Reference, apa

# The written pages that are cited, by the name of their address.
PAGES = {
    "about": "About this catalogue",
    "accessibility": "Accessibility",
    "countries": "Countries and economies",
    "privacy": "Privacy",
    "statement": f"{STATEMENT} (transcription)",
}


def own_reference(stamp: CitedRevision, kind: Kind, key: str, title: str, url: str, **more: Any) -> Reference:
    """Return the reference to what the catalogue shows, as it was at a revision; `more` may say whose it is."""
    known: dict[str, Any] = {
        "authors": (CATALOGUE,),
        "published": stamp.made.date(),
        "publisher": CATALOGUE,
        "accessed": stamp.today,
        "version": stamp.revision,
    }
    return Reference(kind, key, title, url, **{**known, **more})


def page_reference(name: str, root: str, stamp: CitedRevision) -> Reference:
    """Return the reference to a written page. The statement is the OECD's, and of its own date."""
    more: dict[str, Any] = {"authors": (OECD,), "published": ADOPTED} if name == "statement" else {}
    return own_reference(stamp, Kind.PAGE, f"page:{name}", PAGES[name], f"{root}/{name}/", **more)


def cite_page(name: str, root: str) -> Cite:
    """Return how a written page is cited at the revision that is committed."""
    bibtex, ris = (reverse(f"page_cited_{form}", args=[name]) for form in ("bib", "ris"))
    return Cite(page_reference(name, root, CitedRevision.now()), bibtex, ris)


def about_workbook(reference: Reference, order: str, stamp: CitedRevision, words: str = "") -> list[tuple[str, Any]]:
    """Return what the workbook of a list says of itself on its last sheet: a label and a value a row.

    `reference` is that to the list, `words` what became of the words that were asked.
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
