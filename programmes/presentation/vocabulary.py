"""Contexts of the vocabulary's pages: rows of terms with counts, and what one term classifies, with the words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from gvc_catalogue.web.querystring import address
from recommendations.models import Recommendation

from ..models import Country, Term
from ..schema.alignments import alignments, unresolved
from ..schema.records import ProgrammeRecord
from ..schema.terms import TermRecord
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.facet_definitions import NO_COUNTRY
from ..search.list_query import ListQuery
from ..search.nearest import of_broader_term
from ..search.reference_records import served_recommendations
from ..search.search import find, totals
from ..search.term_tree import TermTree
from .charts import page_chart

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
class CountryCount:
    """A country, its number of programmes with a term, and the address of their list; None is without a country."""

    country: Country | None
    count: int
    url: str


@dataclass(frozen=True)
class RecommendationCount:
    """A recommendation, the number of programmes with a term that serve it, and the address of their list.

    Where there is none, `url` is that of the recommendation.
    """

    recommendation: Recommendation
    count: int
    url: str


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


def gaps(schemes: Iterable[SchemeRows]) -> list[TermRow]:
    """Return the rows of the terms without a programme. No query."""
    return [row for scheme in schemes for row in scheme.rows if not row.count]


def scheme_url(key: str) -> str:
    """Return the address of a scheme: that of its heading on the page of the vocabulary."""
    return f"{reverse('vocabulary:list')}#{key}"


def list_url(term: Term, **more: tuple[str, ...]) -> str:
    """Return the address of the list of the programmes of a term and of its narrower terms, with `more` filters."""
    asked: dict[str, Any] = {term.scheme: (term.key,), **more}
    return address(reverse("programmes:list"), ListQuery(**asked).pairs)


def term_context(term: Term, edition: CatalogueSnapshot) -> dict[str, Any]:
    """Return the context of the page of a term. No query."""
    tree = edition.vocabulary.tree
    asked: dict[str, Any] = {term.scheme: (term.key,)}
    selection = ListQuery(**asked)
    found = find(selection, edition=edition)
    return {
        "section": "vocabulary",
        "term": term,
        "total": found.page.total,
        "listed_url": list_url(term),
        "broader": tree.broader(term),
        "narrower": rows(tree.narrower(term), tree, totals(edition)[term.scheme]),
        "nearest": of_broader_term(term, edition) if term.broader_id and not found.page.total else None,
        "countries": countries(term, found.counts["country"], edition),
        "served": served(term, found.counts["recommendation"], edition),
        "programmes": [justified(programme, term, tree) for programme in found.programmes],
        "chart": page_chart("countries", selection, edition),
        "recommendations": recommendations(term, tree),
        "alignments": alignments(term.label, term.source),
        "unresolved": unresolved(term.source),
    }


def countries(term: Term, counts: Mapping[str, int], edition: CatalogueSnapshot) -> list[CountryCount]:
    """Return the countries with a programme of a term, most programmes first, then by name. No query.

    Programmes without a country come last. `counts` are those of the facet "country" in the list of the term.
    """
    codes = [code for code in edition.vocabulary.countries if counts.get(code)]
    codes.sort(key=lambda code: -counts[code])
    codes += [NO_COUNTRY] if counts.get(NO_COUNTRY) else []
    known = edition.vocabulary.countries
    return [CountryCount(known.get(code), counts[code], list_url(term, country=(code,))) for code in codes]


def served(term: Term, counts: Mapping[str, int], edition: CatalogueSnapshot) -> list[RecommendationCount]:
    """Return the recommendations of part ii, each with the number of programmes of a term that serve it. No query.

    `counts` are those of the facet "recommendation" in the list of the term.
    """
    return [
        RecommendationCount(
            each, count, list_url(term, recommendation=(each.number,)) if count else each.get_absolute_url()
        )
        for each, count in served_recommendations(edition, counts)
        if each.in_part_ii
    ]


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
