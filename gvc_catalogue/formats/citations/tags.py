"""References as meta tags in a page's head, where reference managers look."""

from collections.abc import Iterator

from .reference import Kind, Reference

# Zotero takes a page whose type is “Text”, as the Dublin Core has it, for an article of a journal.
TYPES = {Kind.RECORD: "Web page", Kind.PAGE: "Web page", Kind.LIST: "Dataset", Kind.DOCUMENT: "Report"}


def citation_tags(reference: Reference) -> list[tuple[str, str]]:
    """Return name and content of each tag: Highwire's, which Zotero and Google Scholar read, then the Dublin Core.

    The contents are texts, which the template escapes. A page that shows them says what DC is:
    <link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">
    """
    return [(name, content) for name, content in [*_highwire(reference), *_dublin_core(reference)] if content]


def _highwire(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "citation_title", reference.title
    yield from (("citation_author", author) for author in reference.authors)
    yield "citation_publication_date", f"{reference.published:%Y/%m/%d}" if reference.published else ""
    yield "citation_publisher", reference.publisher
    yield "citation_public_url", reference.url
    yield "citation_language", reference.language
    yield "citation_keywords", "; ".join(reference.keywords)
    yield "citation_abstract", reference.abstract


def _dublin_core(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "DC.title", reference.title
    yield from (("DC.creator", author) for author in reference.authors)
    yield "DC.date", reference.published.isoformat() if reference.published else ""
    yield "DC.publisher", reference.publisher
    yield "DC.identifier", reference.url
    yield "DC.language", reference.language
    yield "DC.type", TYPES[reference.kind]
    yield from (("DC.subject", keyword) for keyword in reference.keywords)
    yield "DC.description", reference.abstract
