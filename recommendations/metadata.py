"""Metadata of the recommendations' pages: canonical URL, citation, schema.org JSON-LD; one context key per line."""

from typing import Any

from django.urls import reverse

from gvc_catalogue.formats.citations import Cite
from gvc_catalogue.formats.json_ld import dataset, json_ld, work
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.web.querystring import Pairs, address, in_format

from .citations import list_reference, recommendation_reference
from .models import Recommendation


def of_list(pairs: Pairs, title: str, total: int, root: str) -> dict[str, Any]:
    """Return the metadata of a list of recommendations. At most one query, for the revision."""
    path = reverse("recommendations:list")
    reference = list_reference(f"{root}{path}", pairs, title, total, CitedRevision.now())
    files = {form: address(in_format(path, form), pairs) for form in ("csv", "xlsx", "json", "bib", "ris")}
    bibtex, ris = (address(reverse(f"recommendations:list_cited_{form}"), pairs) for form in ("bib", "ris"))
    description = (
        f"{title}: {reference.note} of the OECD Tokyo Action Statement on small and medium-sized enterprises in global "
        "value chains, in the words of its body and of its annex."
    )
    return {
        "canonical": address(path, pairs),
        "cite": Cite(reference, bibtex, ris, files["bib"], files["ris"]),
        "json_ld": json_ld(dataset(reference, description, {form: f"{root}{url}" for form, url in files.items()})),
    }


def of_recommendation(recommendation: Recommendation, root: str) -> dict[str, Any]:
    """Return the metadata of the page of a recommendation. At most one query, for the revision."""
    reference, url = (
        recommendation_reference(recommendation, root, CitedRevision.now()),
        recommendation.get_absolute_url(),
    )
    return {
        "cite": Cite(reference, in_format(url, "bib"), in_format(url, "ris")),
        "json_ld": json_ld(work(reference)),
    }
