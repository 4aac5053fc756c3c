"""Parts of a search query: what each is in the catalogue, what it was read as, and what is nearest."""

from collections.abc import Container
from dataclasses import dataclass

from django.urls import reverse

from gvc_catalogue.search_index.query.gazetteer import Entity, kind_of
from gvc_catalogue.search_index.query.matching import members_of
from gvc_catalogue.search_index.query.parser import Clause
from gvc_catalogue.search_index.query.reference_documents import texts_with
from gvc_catalogue.search_index.query.search import full_matches
from gvc_catalogue.search_index.query.understanding import understand
from gvc_catalogue.web.querystring import address

from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.list_query import ListQuery
from ..search.nearest import Subject, as_typed, nearest, of_facet
from ..search.reasons import by_words
from ..search.search import SearchResult
from .query_in_words import quoted, verb

# The most parts of a query that are listed.
MOST_PARTS = 8


@dataclass(frozen=True)
class AskedPart:
    """A part of a query, what it is in the catalogue, and what is nearest.

    `count` is the number of programmes that have it, `url` the address of their list; `how` says by what they have it,
    `kind` what a part without a programme is, and `lacking` that it has none. `terms` are the terms of the vocabulary
    with programmes that it was read as, `nearest` the nearest subjects.
    """

    asked: str
    count: int
    url: str
    how: str
    kind: str
    lacking: str
    read_as: str
    terms: list[Subject]
    nearest: list[Subject]

    @property
    def how_after(self) -> str:
        """What follows the number of programmes."""
        return f", {self.how}" if self.how else ""


def asked_parts(found: SearchResult, edition: CatalogueSnapshot) -> list[AskedPart]:
    """Return each part of a query of which a part is in no programme; none for a query of which every part is in one.

    Alternatives are parts of their own; those without a programme stand last.
    Of a query of more than MOST_PARTS parts only those in no programme, at most MOST_PARTS. No query.
    """
    none = [*found.query.absent, *found.query.unknown]
    wanted = list(dict.fromkeys([part for clause in found.answer.wanted for part in clause.parts] + none))
    shown = wanted if len(wanted) <= MOST_PARTS else [clause for clause in wanted if clause in none][:MOST_PARTS]
    parts = [asked_part(clause, found, edition) for clause in shown]
    return parts if any(part.lacking for part in parts) else []


def asked_part(clause: Clause, found: SearchResult, edition: CatalogueSnapshot) -> AskedPart:
    """Return a part of a query with what is nearest. No query."""
    selection = ListQuery(q=as_typed(clause))
    count = len(full_matches(edition.snapshot, understand(edition.snapshot, selection.q).clauses))
    misspelt = next((word for word, read in found.query.corrected.items() if read == clause.typed), "")
    lacking = [] if count else list(clause.entities)
    return AskedPart(
        asked=misspelt or quoted(clause),
        count=count,
        url=address(reverse("programmes:list"), selection.pairs) if count else "",
        how=("by word or by term" if by_words(edition.snapshot, clause) else "by term") if clause.concepts else "",
        kind="" if count else kind_of_part(clause, found),
        lacking="" if count else lacking_words(clause),
        read_as=clause.typed if misspelt else "",
        terms=terms_read(clause, edition),
        nearest=[subject for entity in lacking for subject in nearest(entity, edition)],
    )


KINDS = {"country": "A country", "region": "A region", "subregion": "A region", "term": "A term of the vocabulary"}


# Where a part without a programme stands, by the kind of the text, in the order in which one is named.
TEXTS = {
    "recommendation": "In the wording of a recommendation",
    "title": "In the title of a recommendation",
    "category": "In the wording of a category",
    "short-title": "In the title of a category",
    "definition": "In the definition of a term",
}


def kind_of_part(clause: Clause, found: SearchResult) -> str:
    """Return what a part without a programme is, such as "A country", or where it stands. No query."""
    if clause.entities:
        return KINDS.get(clause.entities[0].kind, "A name")
    texts = set(map(kind_of, texts_with(found.answer.snapshot, clause)))
    known = "Not a word of the catalogue" if clause in found.query.unknown else "A known word"
    return next((place for kind, place in TEXTS.items() if kind in texts), known)


def lacking_words(clause: Clause) -> str:
    """Return the end of the sentence that no programme has a part of a query."""
    place = "there" if verb(clause) == "is from" else "it"
    return f"no programme {verb(clause)} {place}"


def terms_read(clause: Clause, edition: CatalogueSnapshot) -> list[Subject]:
    """Return the terms of the vocabulary with programmes that the words of a clause were read as. No query."""
    return [term_of(entity, edition) for entity in clause.concepts if members_of(edition.snapshot, entity)]


def term_of(entity: Entity, edition: CatalogueSnapshot) -> Subject:
    """Return the term of an entity of the gazetteer. No query."""
    term = edition.vocabulary.tree.terms[entity.code]
    return of_facet(term.scheme, term.key, edition)


def expanded_words(found: SearchResult, edition: CatalogueSnapshot, without: Container[Clause] = ()) -> list[str]:
    """Return the words answered by terms of the vocabulary: "loans, as the term Loan or credit". No query.

    Clauses of `without` are left out.
    """
    parts = [part for clause in found.answer.wanted for part in clause.parts if part not in without]
    read = [(part, terms_read(part, edition)) for part in parts]
    return [f"{quoted(c)}, as the term {' or '.join(term.label for term in terms)}" for c, terms in read if terms]
