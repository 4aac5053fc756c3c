"""Nearest subjects: what the catalogue has in place of a term or a country without a programme."""

from dataclasses import dataclass, replace

from django.urls import reverse

from gvc_catalogue.search_index.query.gazetteer import Entity
from gvc_catalogue.search_index.query.parser import Clause
from gvc_catalogue.web.querystring import address

from ..models import Region, Term
from .catalogue_snapshot import CatalogueSnapshot
from .country_names import country_region
from .list_query import ListQuery
from .reasons import short_label
from .search import SearchResult, total, totals


@dataclass(frozen=True)
class Subject:
    """A term or a region with its number of programmes and the address of their list; `narrower` terms by number."""

    label: str
    count: int
    url: str
    narrower: tuple["Subject", ...] = ()


def nearest(entity: Entity, edition: CatalogueSnapshot) -> list[Subject]:
    """Return the nearest subjects with programmes of a term or a country that has none. No query.

    For a term its broader term, with that term's other narrower terms, most programmes first; for a country its region.
    """
    if entity.kind == "country":
        region = country_region(entity.code)
        found = [of_facet("region", region, edition)] if region in Region.values else []
    else:
        term = edition.vocabulary.tree.terms.get(entity.code) if entity.kind == "term" else None
        found = [of_broader_term(term, edition)] if term and term.broader_id else []
    return [subject for subject in found if subject.count]


def of_facet(name: str, value: str, edition: CatalogueSnapshot) -> Subject:
    """Return a value of a facet as a subject. No query."""
    count = totals(edition).get(name, {}).get(value, 0)
    url = address(reverse("programmes:list"), ((name, value),))
    return Subject(edition.vocabulary.label(name, value), count, url)


def of_term(term: Term, edition: CatalogueSnapshot) -> Subject:
    """Return a term as a subject. No query."""
    return of_facet(term.scheme, term.key, edition)


def of_broader_term(term: Term, edition: CatalogueSnapshot) -> Subject:
    """Return the broader term of a term, with its other narrower terms that have programmes. No query."""
    tree = edition.vocabulary.tree
    broader = tree.broader(term)[-1]
    others = (of_term(other, edition) for other in tree.narrower(broader) if other.pk != term.pk)
    counted = sorted((other for other in others if other.count), key=lambda other: -other.count)
    return replace(of_term(broader, edition), narrower=tuple(counted))


@dataclass(frozen=True)
class WidenedQuery:
    """A query in which a term is replaced by a broader one, so that programmes match: `others` are its other words.

    `subject` is the broader term with the number of programmes that match, `term` the term asked for. `scheme` is that
    of both. `country` when the only other word is a country.
    """

    others: str
    country: bool
    scheme: str
    subject: Subject
    term: Subject


def widened(found: SearchResult, edition: CatalogueSnapshot) -> WidenedQuery | None:
    """Return the query with a broader term by which it has matches: the nearest true answer to words that never meet.

    None for a query of one word, of several terms, with an excluded word or alternatives, or if no broader term helps.
    """
    clauses = found.answer.clauses
    classified = [clause for clause in clauses if clause.concepts]
    if len(clauses) < 2 or len(classified) != 1 or any(clause.excluded or clause.alternatives for clause in clauses):
        return None
    others = [clause for clause in clauses if clause not in classified]
    tree = edition.vocabulary.tree
    terms = [tree.terms[entity.code] for entity in classified[0].concepts]
    pairs = ((term, broader) for term in terms for broader in reversed(tree.broader(term)))
    return next((query for term, broader in pairs if (query := _widened(others, term, broader, edition))), None)


def _widened(others: list[Clause], term: Term, broader: Term, edition: CatalogueSnapshot) -> WidenedQuery | None:
    country = country_of(others[0]) if len(others) == 1 else ""
    values = {broader.scheme: (broader.key,)} | ({"country": (country,)} if country else {})
    asked = replace(ListQuery(q="" if country else " ".join(map(as_typed, others))), **values)
    if not (number := total(asked, edition)):
        return None
    subject = Subject(broader.label, number, address(reverse("programmes:list"), asked.pairs))
    return WidenedQuery(
        " and ".join(map(short_label, others)), bool(country), term.scheme, subject, of_term(term, edition)
    )


def country_of(clause: Clause) -> str:
    """Return the code of the one country that a clause names, "" if it names none or several."""
    named = clause.names
    return named[0].code if len(named) == 1 and named[0].kind == "country" else ""


def as_typed(clause: Clause) -> str:
    """Return a clause as a query of its own."""
    return f'"{clause.printed}"' if clause.exact else clause.printed
