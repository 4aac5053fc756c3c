"""Citation meta tags (Highwire Press, Dublin Core) for the head of a page, read by reference managers."""

from collections.abc import Iterator

from .reference import Kind, Reference

# Zotero imports a page of the Dublin Core type “Text” as a journal article, so other types are used.
TYPES = {Kind.RECORD: "Web page", Kind.PAGE: "Web page", Kind.LIST: "Dataset", Kind.DOCUMENT: "Report"}


def citation_tags(reference: Reference) -> list[tuple[str, str]]:
    """Return name and content of each meta tag; empty ones are omitted.

    Highwire Press tags, which Zotero and Google Scholar read, come first, then Dublin Core tags. The contents are plain
    texts, which the template must escape. The page must also declare the DC schema:
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
