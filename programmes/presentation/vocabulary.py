"""Contexts of the vocabulary's pages: rows of terms with counts, and what one term classifies, with the words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from gvc_catalogue.web.querystring import address
from recommendations.models import Recommendation

from ..models import Term
from ..schema.records import ProgrammeRecord
from ..schema.terms import TermRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.list_query import ListQuery
from ..search.search import find, totals
from ..search.term_tree import TermTree

HEADINGS = {"instrument": "Policy instruments", "topic": "Topics", "beneficiary": "Beneficiaries"}


@dataclass(frozen=True)
class TermRow:
    """A term with its number of programmes and the address of their list; `above` are its broader terms."""

    term: Term
    count: int
    url: str
    above: list[Term]


@dataclass(frozen=True)
class SchemeRows:
    """The terms of a scheme under its heading."""

    key: str
    heading: str
    rows: list[TermRow]


@dataclass(frozen=True)
class JustifiedProgramme:
    """A programme, and the terms that it has of one term and its narrower ones, each with the words that justify it."""

    programme: ProgrammeRecord
    terms: list[TermRecord]


@dataclass(frozen=True)
class JustifiedRecommendation:
    """A recommendation that has a topic, with the words that justify it; `topic` is that or a narrower one."""

    recommendation: Recommendation
    topic: Term
    words: str

    @property
    def category(self) -> str:
        """The code of its category, from its number. No query."""
        return self.recommendation.number.partition(".")[0]


def schemes(edition: CatalogueSnapshot) -> list[SchemeRows]:
    """Return all terms by scheme, with their numbers of programmes. No query."""
    tree, counts = edition.vocabulary.tree, totals(edition)
    return [SchemeRows(key, text, rows(tree.of_scheme(key), tree, counts[key])) for key, text in HEADINGS.items()]


def rows(terms: Iterable[Term], tree: TermTree, counts: Mapping[str, int]) -> list[TermRow]:
    """Return terms with their numbers of programmes. No query."""
    return [TermRow(term, counts.get(term.key, 0), list_url(term), tree.broader(term)) for term in terms]


def list_url(term: Term) -> str:
    """Return the address of the list of the programmes of a term and of its narrower terms."""
    return address(reverse("programmes:list"), ((term.scheme, term.key),))


def term_context(term: Term, edition: CatalogueSnapshot) -> dict[str, Any]:
    """Return the context of the page of a term. No query."""
    tree = edition.vocabulary.tree
    asked: dict[str, Any] = {term.scheme: (term.key,)}
    found = find(ListQuery(**asked), edition=edition)
    return {
        "section": "vocabulary",
        "term": term,
        "total": found.page.total,
        "listed_url": list_url(term),
        "broader": tree.broader(term),
        "narrower": rows(tree.narrower(term), tree, totals(edition)[term.scheme]),
        "programmes": [justified(programme, term, tree) for programme in found.programmes],
        "recommendations": recommendations(term, tree),
    }


def justified(programme: ProgrammeRecord, term: Term, tree: TermTree) -> JustifiedProgramme:
    """Return a programme with those of its terms that are this one or a narrower one. No query."""
    return JustifiedProgramme(programme, [one for one in programme["terms"] if term.key in tree.paths[one["key"]]])


def recommendations(term: Term, tree: TermTree) -> list[JustifiedRecommendation]:
    """Return the recommendations that have this topic or a narrower one, in the order of the statement. No query."""
    found = [
        JustifiedRecommendation(topic.recommendation, topic.term, topic.words)
        for topic in tree.topics
        if term.key in tree.paths.get(topic.term.key, ())
    ]
    return sorted(found, key=lambda one: one.recommendation.position)
