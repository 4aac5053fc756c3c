"""Metadata of the programmes' pages: canonical URL, feed, citation, schema.org JSON-LD; one context key per line."""

from dataclasses import replace
from functools import cache
from typing import Any

from django.urls import reverse

from gvc_catalogue.formats.citations import Cite, Reference
from gvc_catalogue.formats.json_ld import Thing, dataset, json_ld, work
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.web.querystring import Pairs, address, in_format
from gvc_catalogue.web.safe_url import safe_url

from ..models import LinkKind, ProviderKind
from ..schema.records import ProgrammeRecord
from ..search.facet_choices import ListView
from ..search.search import SearchResult
from .citations import list_reference, programme_reference
from .list_page import page_pairs

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
    urls = {kind: [link["url"] for link in programme["links"] if link["kind"] == kind] for kind in LinkKind}
    official, evaluations = (list(filter(safe_url, urls[k])) for k in (LinkKind.OFFICIAL, LinkKind.EVALUATION))
    elsewhere: Thing = {"sameAs": official} if official else {}
    elsewhere |= {"subjectOf": [{"@type": "Report", "url": url} for url in evaluations]} if evaluations else {}
    return {
        **elsewhere,
        "@type": "GovernmentService" if of_government else "Service",
        "name": programme["name"],
        "provider": {"@type": ORGANISATIONS.get(provider["kind"], "Organization"), "name": provider["name"]},
        "areaServed": countries,
    }


# Cached: reversing a few URLs takes Django as long as the rest of the metadata.
@cache
def cited_paths() -> dict[str, str]:
    """Return the paths of a list's own citation by format."""
    return {form: reverse(f"programmes:list_cited_{form}") for form in ("bib", "ris")}


@cache
def reverse_feed() -> str:
    """Return the path of the feed."""
    return reverse("programmes:feed")
