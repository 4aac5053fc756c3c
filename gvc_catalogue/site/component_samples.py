"""Sample data for the component page: the template variables of each component in each state; no database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.utils.html import format_html

from gvc_catalogue.formats.citations import Cite, Kind, Reference
from gvc_catalogue.formats.citations.site import own_reference
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.text.word_diff import word_diff
from gvc_catalogue.web.facets import Chip, Choice, Facet
from gvc_catalogue.web.pagination import Page
from programmes.editing.change_log import ChangeLogEntry, ChangeLogEvent, FieldChangeText
from programmes.presentation.asked_parts import AskedPart
from programmes.presentation.status_and_links import ExternalLink, StatusAndLinks
from programmes.search.nearest import Subject, WidenedQuery
from programmes.search.reference_search import Hit
from programmes.search.result_cards import Quotation, ResultCard

TITLES = {
    "i": "Policies for a conducive entrepreneurial business environment",
    "1": "Raising awareness of the opportunities for participating in global value chains",
    "2": "Increasing participation in global value chains through collective action and co-operation",
    "3": "Promoting the capacity for innovation by local SMEs",
    "4": "Enhancing SMEs’ value obtained from intellectual assets and intellectual property",
    "5": "Facilitating the adoption of product quality and process standards",
    "iii": "Recommendations for further work by the OECD",
}
PART_II = {"1": 4, "2": 7, "3": 5, "4": 8, "5": 4}
BODY = "Supporting the establishment and development of industry groupings on regional, or cross-border levels."
ROW = "Supporting the establishment and development of branch groupings on regional, or cross-border levels."
QUOTED = "The Czech Republic gives grants for infrastructure enabling multi-sectoral groups to establish a cluster."


def samples() -> dict[str, Any]:
    """Return the context of the component page, one key per sample; no query."""
    return {
        "categories": [category(code) for code in TITLES],
        "recommendation": recommendation("2.1", "Clusters and industry groupings"),
        "outside": recommendation("iii.1", "Study of value chains"),
        "country": country("CZ", "Czechia"),
        "pieces": word_diff(BODY, ROW),
        "lives": lives(),
        "changes": changes(),
        "example": example(QUOTED),
        "inferred": example(QUOTED, inferred="The row is split by a page break; it was placed by what it is about."),
        "from_elsewhere": example(QUOTED, place="A later document, 1 May 2012"),
        "results": [card("Grants for cluster infrastructure"), card("Regional clusters", marked=True)],
        **a_search(),
        "facets": facets(),
        "chips": [Chip("Country or economy", "Czechia", "#"), Chip("Words", "clusters", "#")],
        "sorts": [{"value": name.lower(), "label": name, "selected": name == "Name"} for name in ("Relevance", "Name")],
        "lists": [pages_of(Page(1, 45)), pages_of(Page(5, 180)), pages_of(Page(9, 180))],
        "drops": [{"label": "Country or economy", "value": "Kenya", "count": 3, "url": "#"}],
        "links": [{"text": "All programmes", "url": "#"}, {"text": "Home", "url": "#"}],
        "cells": cells(),
        "cite": Cite(reference(Kind.RECORD, "Grants for cluster infrastructure"), "#", "#"),
        "cite_list": Cite(reference(Kind.LIST, "Programmes in Czechia"), "#", "#", "#", "#"),
    }


def lives() -> list[StatusAndLinks]:
    """Return the status of an unchecked programme and of one that has ended."""
    official = ExternalLink("Official page", "https://example.org/", "Clusters", "example.org", "Czech", "cs")
    return [
        StatusAndLinks("not-yet-checked", "Not yet checked", None, None, []),
        StatusAndLinks("ended", "Ended", date(2026, 11, 25), None, [official]),
    ]


def changes() -> list[ChangeLogEntry]:
    """Return change log entries: a change of a few words, one of many words, and changes of removed records."""
    at, clusters = datetime(2026, 11, 25, tzinfo=UTC), ChangeLogEvent("Regional clusters", "#")
    name = FieldChangeText("name", "Clusters", "Regional clusters", [], True)
    text = FieldChangeText("text", BODY, ROW, word_diff(BODY, ROW), False)
    return [
        ChangeLogEntry(4, at, [ChangeLogEvent("Clusters", "")], "merged into another", clusters, "They are one.", []),
        ChangeLogEntry(3, at, [clusters], "example moved from 2.1 to 2.3", None, "Read again.", [text]),
        ChangeLogEntry(2, at, [clusters], "changed", None, "Its own name.", [name]),
        ChangeLogEntry(1, at, [ChangeLogEvent("Fairs", "")], "withdrawn", None, "It asked to be left out.", []),
    ]


def reference(kind: Kind, title: str) -> Reference:
    return own_reference(
        CitedRevision(1_181_563_200_000_000, date(2007, 6, 12)), kind, title, title, "https://catalogue.example/"
    )


def category(code: str) -> dict[str, Any]:
    part = "ii" if code.isdigit() else code
    place = f"Part ii, category {code}" if part == "ii" else f"Part {part}"
    return {"code": code, "part": part, "title": TITLES[code], "short_title": "Category", "name_in_statement": place}


def recommendation(number: str, title: str) -> dict[str, Any]:
    code = number.partition(".")[0]
    words = {"number": number, "title": title, "text": BODY, "in_part_ii": code.isdigit()}
    return words | {"category": category(code), "get_absolute_url": "#"}


def country(code: str, name: str) -> dict[str, Any]:
    return {"code": code, "name": name, "get_absolute_url": "#"}


def example(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "url": "#", "place": "Annex, row 2.1, example 1"} | more


def card(name: str, *, marked: bool = False) -> ResultCard:
    countries = [country("CZ", "Czechia"), country("SK", "Slovakia")][: 1 + marked]
    words = format_html("The Czech Republic gives <mark>{}</mark>.", "grants") if marked else QUOTED
    return ResultCard(
        slug=name.lower().replace(" ", "-"),
        url="#",
        name=name,
        countries=[{"code": c["code"], "name": c["name"], "region": "europe", "url": "#"} for c in countries],
        provider="Government of Czechia",
        quotations=[Quotation(words, "#", "Annex, row 2.1, example 1", "")],
        served=[{"number": "2.1", "title": "Clusters and industry groupings", "category": "2", "url": "#"}],
        reasons="SME, as “small and medium-sized enterprise”" if marked else "",
    )


def a_search() -> dict[str, Any]:
    """Return what the page of a search says: parts of the query, a broader term, other kinds, a partial match."""
    loan, europe = Subject("Loan or credit", 2, "#"), Subject("Europe", 17, "#")
    support = Subject("Financial support", 13, "#", (Subject("Grant or subsidy", 7, "#"), loan))
    partial = replace(
        card("Regional loans", marked=True),
        has=[{"text": "loans, as the term Loan or credit"}],
        lacks=[{"text": "venture capital"}, {"text": "Iceland"}],
        note="The word stands in the part of the quotation that is about Grants for cluster infrastructure.",
    )
    folded = {"total": 2, "shown": [partial], "more": [replace(partial, slug="more-loans", note="")]}
    return {
        "parts": [
            AskedPart("equity", 0, "", "", "A term of the vocabulary", "no programme quotes it", "", [], [support]),
            AskedPart("loans", 3, "#", "by word or by term", "", "", "", [loan], []),
            AskedPart("Iceland", 0, "", "", "A country", "no programme is from there", "", [], [europe]),
        ],
        "widened": WidenedQuery("Japan", True, "topic", support, loan),
        "corrected": [("certifcation", "certification")],
        "read": ["No programme quotes ISO 9000: it is read as the term Standards and quality"],
        "dropped": ["the"],
        "expanded": ["loans, as the term Loan or credit"],
        "kinds": [{"kind": "term", "hits": [Hit("Term", "Loan or credit", "#", None, 2, "#")]}],
        "partial": {"heading": "2 more have loans, not Iceland", "own": folded, "context": {"total": 0}},
    }


def facets() -> list[Facet]:
    """Return one facet with every state of a value, one in groups, one with nothing chosen."""
    countries = [
        Choice("CZ", "Czechia", 7, True, "#", 100),
        Choice("HK", "Hong Kong, China, with a name that takes more than one line", 3, False, "#", 43),
        Choice("KE", "Kenya", 0, False, "#", 0),
        Choice("MX", "Mexico", 0, True, "#", 0),
    ]
    rows = [
        Choice("1.1", "1.1 Access to market information", 9, False, "#", 100, "1 Raising awareness"),
        Choice("2.1", "2.1 Clusters and industry groupings", 2, False, "#", 22, "2 Collective action"),
    ]
    regions = [Choice("europe", "Europe", 12, False, "#", 100)]
    named = (
        ("country", "Country or economy", countries),
        ("row", "Recommendation", rows),
        ("region", "Region", regions),
    )
    return [Facet(*facet) for facet in named]


def pages_of(page: Page) -> dict[str, Any]:
    urls = [{"number": number, "url": number and "#"} for number in page.shown_numbers]
    return {"page": page, "urls": urls, "label": f"Pages, {page.number} of {page.pages}"}


def cells() -> list[dict[str, Any]]:
    numbers = [f"{code}.{place}" for code, many in PART_II.items() for place in range(1, many + 1)]
    served = {"1.1": 1, "1.4": 1, "2.3": 2, "3.3": 1, "4.1": 1, "5.2": 1}
    return [
        {"recommendation": recommendation(n, "A short title"), "count": served.get(n, 0), "url": "#"} for n in numbers
    ]
