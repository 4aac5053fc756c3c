"""Metadata of the programmes' pages: canonical URL, feed, citation, schema.org JSON-LD; one context key per line."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.urls import reverse

from gvc_catalogue.formats.citations import Cite, Reference
from gvc_catalogue.formats.citations.site import cite_page
from gvc_catalogue.formats.json_ld import Thing, dataset, defined_term, defined_term_set, json_ld, work
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.web.querystring import Pairs, address, in_format
from gvc_catalogue.web.safe_url import safe_url

from ..models import LinkKind, ProviderKind, Term
from ..schema.alignments import alignments
from ..schema.records import LinkRecord, ProgrammeRecord
from ..search.facet_choices import ListView
from ..search.search import SearchResult
from .citations import list_reference, programme_reference, term_reference
from .list_page import page_pairs
from .vocabulary import HEADINGS, SchemeRows, scheme_url

# What is about a programme, by the kind of link, in schema.org.
ABOUT_IT: dict[str, str] = {LinkKind.EVALUATION: "Report", LinkKind.DESCRIPTION: "WebPage"}
# Kinds of organisations in schema.org.
ORGANISATIONS = {"government": "GovernmentOrganization", "company": "Corporation"}


def of_list(view: ListView, found: SearchResult, root: str) -> dict[str, Any]:
    """Return the metadata of a page of a list. No query while the index answers."""
    selection, pairs = view.selection, view.selection.pairs
    reference = list_reference(view, found.page.total, root)
    files = {form: address(in_format(view.path, form), pairs) for form in ("csv", "xlsx", "json", "bib", "ris")}
    cited = {form: address(path, pairs) for form, path in cited_paths().items()}
    return {
        "canonical": address(view.path, page_pairs(selection, found.page.number)),
        "feed": address(reverse_feed(), replace(selection, sort="").pairs),
        "cite": Cite(reference, cited["bib"], cited["ris"], files["bib"], files["ris"]),
        "json_ld": json_ld(list_dataset(reference, root, pairs)),
    }


def list_dataset(reference: Reference, root: str, pairs: Pairs) -> Thing:
    """Return a list as schema.org's Dataset, with the files that contain it."""
    description = (
        f"{reference.title}: {reference.note} that help small firms into global value chains, each with the words of "
        "the OECD Tokyo Action Statement or of a later document, their place there, and the recommendations it serves."
    )
    files = {form: address(f"{root}/programmes.{form}", pairs) for form in ("csv", "xlsx", "json", "bib", "ris")}
    return dataset(reference, description, files)


def of_programme(programme: ProgrammeRecord, root: str, stamp: CitedRevision) -> dict[str, Any]:
    """Return the metadata of the page of a programme. No query."""
    reference, url = programme_reference(programme, root, stamp), programme["url"]
    return {
        "canonical": url,
        "cite": Cite(reference, in_format(url, "bib"), in_format(url, "ris")),
        "json_ld": json_ld(work(reference, about=service(programme))),
    }


def service(programme: ProgrammeRecord) -> Thing:
    """Return a programme as schema.org's Service; GovernmentService where a government provides it."""
    provider = programme["provider"]
    of_government = provider["kind"] == ProviderKind.GOVERNMENT
    countries = [{"@type": "Country", "name": c["name"], "identifier": c["code"]} for c in programme["countries"]]
    return {
        **elsewhere(programme),
        "@type": "GovernmentService" if of_government else "Service",
        "name": programme["name"],
        "provider": {"@type": ORGANISATIONS.get(provider["kind"], "Organization"), "name": provider["name"]},
        "areaServed": countries,
    }


def of_vocabulary(schemes: Iterable[SchemeRows], root: str) -> dict[str, Any]:
    """Return the metadata of the page of all terms. At most one query, for the revision."""
    sets = [
        defined_term_set(
            f"{root}{scheme_url(scheme.key)}",
            scheme.heading,
            [(f"{root}{row.term.get_absolute_url()}", row.term.label) for row in scheme.rows],
        )
        for scheme in schemes
    ]
    return {"cite": cite_page("vocabulary", root), "json_ld": json_ld(*sets)}


def of_term(term: Term, root: str, stamp: CitedRevision) -> dict[str, Any]:
    """Return the metadata of the page of a term. No query."""
    url = term.get_absolute_url()
    exact = [other.url for other in alignments(term.label, term.source) if other.exact]
    thing = defined_term(
        f"{root}{url}",
        term.label,
        defined_term_set(f"{root}{scheme_url(term.scheme)}", HEADINGS[term.scheme]),
        termCode=term.key,
        description=term.definition,
        alternateName=term.other_names,
        sameAs=exact,
    )
    return {
        "cite": Cite(term_reference(term, root, stamp), in_format(url, "bib"), in_format(url, "ris")),
        "json_ld": json_ld(thing),
    }


def elsewhere(programme: ProgrammeRecord) -> Thing:
    """Return the links of a programme as `sameAs` (official pages) and `subjectOf` (what was written about it)."""
    links = [link for link in programme["links"] if safe_url(link["url"])]
    official = [link["url"] for link in links if link["kind"] == LinkKind.OFFICIAL]
    about = [about_it(link) for link in links if link["kind"] in ABOUT_IT]
    return ({"sameAs": official} if official else {}) | ({"subjectOf": about} if about else {})


def about_it(link: LinkRecord) -> Thing:
    """Return a page about a programme, with its title, language and date where they are known."""
    known = {"name": link["title"], "inLanguage": link["language"], "datePublished": link["evidence_date"]}
    return {"@type": ABOUT_IT[link["kind"]], "url": link["url"]} | {key: text for key, text in known.items() if text}


# Cached: reversing a few URLs takes Django as long as the rest of the metadata.
@cache
def cited_paths() -> dict[str, str]:
    """Return the paths of a list's own citation by format."""
    return {form: reverse(f"programmes:list_cited_{form}") for form in ("bib", "ris")}


@cache
def reverse_feed() -> str:
    """Return the path of the feed."""
    return reverse("programmes:feed")
