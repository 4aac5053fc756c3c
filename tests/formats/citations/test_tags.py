"""A page that a reference manager understands."""

from dataclasses import replace

from gvc_catalogue.formats.citations import Kind, citation_tags

from .samples import BARE, PROGRAMME


def test_a_page_carries_highwire_and_dublin_core() -> None:
    assert citation_tags(PROGRAMME) == [
        ("citation_title", "Market Development Assistance"),
        ("citation_author", "GVC Policy Catalogue"),
        ("citation_publication_date", "2026/09/01"),
        ("citation_publisher", "GVC Policy Catalogue"),
        ("citation_public_url", PROGRAMME.url),
        ("citation_language", "en"),
        ("citation_keywords", "Malaysia; trade fairs"),
        ("citation_abstract", PROGRAMME.abstract),
        ("DC.title", "Market Development Assistance"),
        ("DC.creator", "GVC Policy Catalogue"),
        ("DC.date", "2026-09-01"),
        ("DC.publisher", "GVC Policy Catalogue"),
        ("DC.identifier", PROGRAMME.url),
        ("DC.language", "en"),
        ("DC.type", "Web page"),
        ("DC.subject", "Malaysia"),
        ("DC.subject", "trade fairs"),
        ("DC.description", PROGRAMME.abstract),
    ]


def test_what_is_not_known_has_no_tag() -> None:
    names = [name for name, _ in citation_tags(BARE)]
    assert names[:3] == ["citation_title", "citation_public_url", "citation_language"]
    assert names[3:] == ["DC.title", "DC.identifier", "DC.language", "DC.type"]


def test_a_list_is_a_dataset_and_every_author_has_a_tag() -> None:
    tags = citation_tags(replace(BARE, kind=Kind.LIST, authors=("OECD", "METI")))
    assert ("DC.type", "Dataset") in tags
    assert [content for name, content in tags if name == "citation_author"] == ["OECD", "METI"]
