"""Reasons why a programme matches a clause of a query: its own words, a term of the vocabulary, or a shared text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyroaring import BitMap

from gvc_catalogue.search_index.analysis import analyse
from gvc_catalogue.search_index.query.gazetteer import kind_of
from gvc_catalogue.search_index.query.highlight import matching_form, synonym_of
from gvc_catalogue.search_index.query.matching import matches, members_of
from gvc_catalogue.search_index.query.parser import Clause, label_of
from gvc_catalogue.search_index.query.tokeniser import Words
from gvc_catalogue.search_index.snapshot import Snapshot
from gvc_catalogue.text.long_words import cut_long_words

from ..schema.records import ProgrammeRecord
from ..schema.terms import TermRecord
from .facet_definitions import values_by_facet
from .index_document import CONTEXT, shared_keys

# Place of a match outside the name and the quotations, by the kind of the shared text; {} is its country or number.
PLACES = {
    "country": "in a name of {}",
    "title": "in the title of recommendation {}",
    "short-title": "in the title of category {}",
    "provider": "in the provider’s name",
    "recommendation": "in recommendation {}",
    "category": "in category {}",
}


@dataclass(frozen=True)
class Reason:
    """Why a programme has what a clause asks for.

    `asked` is the clause in words. `through` says by what the programme has it: a synonym, a term or another place; ""
    for its own words and its countries. `justifying` are the words of a quotation that justify the term.
    """

    asked: str
    through: str = ""
    justifying: str = ""

    @property
    def text(self) -> str:
        """The reason in words: "loans, as the term Loan or credit"."""
        return f"{self.asked}, {self.through}" if self.through else self.asked


def reasons(
    snapshot: Snapshot, programme: ProgrammeRecord, lines: list[Words], clauses: Iterable[Clause]
) -> list[Reason]:
    """Return the reason for each of these clauses, which the programme has. No query.

    `lines` are the stems of its name and quotations.
    """
    return [reason(snapshot, programme, lines, clause) for clause in clauses]


def reason(snapshot: Snapshot, programme: ProgrammeRecord, lines: list[Words], clause: Clause) -> Reason:
    """Return why a programme has a clause: by its own words, its countries, its terms, or a text that it shares."""
    asked, form = short_label(clause), matching_form(clause, lines)
    if form is not None:
        synonym = synonym_of(clause, form)
        return Reason(asked, f"as “{synonym}”" if synonym else "")
    if is_named(programme, clause):
        return Reason(asked)
    if term := answering_term(snapshot, programme, clause):
        return Reason(asked, f"as the term {term['label']}", term["words"])
    return Reason(asked, place(snapshot, programme, lines, clause))


def short_label(clause: Clause) -> str:
    """Return the label of a clause for headings and chips, in which very long words are cut."""
    return cut_long_words(label_of(clause))


def is_named(programme: ProgrammeRecord, clause: Clause) -> bool:
    """Return whether a programme is among those that a name of a clause stands for, such as those of a country."""
    own = {f"facet/{name}/{value}" for name, values in values_by_facet(programme).items() for value in values}
    return any(not own.isdisjoint(entity.sets) for entity in clause.names)


def answering_term(snapshot: Snapshot, programme: ProgrammeRecord, clause: Clause) -> TermRecord | None:
    """Return the programme's own term by which it has a clause: one of the clause's terms, or one below it."""
    tree = snapshot.shared.reference.tree
    asked = {entity.code for entity in clause.concepts}
    return next((term for term in programme["terms"] if not asked.isdisjoint(tree.paths.get(term["key"], ()))), None)


def place(snapshot: Snapshot, programme: ProgrammeRecord, lines: list[Words], clause: Clause) -> str:
    """Return the first shared text of a programme that has a clause or a part of it, in words; "" if none has it."""
    for form in (*clause.phrases, *missing_words(lines, clause)):
        among = set(snapshot.shared_keys(form))
        if key := next((key for key in keys_of(programme) if key in among), ""):
            synonym = synonym_of(clause, form)
            return f"as “{synonym}” {where(key, programme)}" if synonym else where(key, programme)
    return ""


def missing_words(lines: list[Words], clause: Clause) -> Iterator[Words]:
    """Yield the words of `apart` that stand neither in the name nor in the quotations, each as a phrase."""
    there = {word for line in lines for word in line}
    return ((word,) for words in clause.apart for word in words if word not in there)


def keys_of(programme: ProgrammeRecord) -> list[str]:
    """Return the keys of the texts that a programme shares with others, the long wordings of the statement last."""
    served = programme["recommendations"]
    keys = shared_keys(
        [country["code"] for country in programme["countries"]],
        [recommendation["number"] for recommendation in served],
        dict.fromkeys(recommendation["category"] for recommendation in served),
        programme["provider"]["name"],
    )
    return sorted(keys, key=lambda key: kind_of(key) in CONTEXT)


def where(key: str, programme: ProgrammeRecord) -> str:
    """Return the place of a shared text in words: "in recommendation 2.1"."""
    kind, _, value = key.partition(":")
    if kind == "country":
        value = next(country["name"] for country in programme["countries"] if country["code"] == value)
    return PLACES[kind].format(value)


def terms_in_place(snapshot: Snapshot, clauses: Iterable[Clause], among: BitMap) -> dict[Clause, str]:
    """Return for each clause that none of these entries has by its words the terms by which they have it: "A or B".

    Clauses that an entry has by its words, or that none has, are left out; alternatives are clauses of their own.
    No query.
    """
    parts = [part for clause in clauses for part in clause.parts]
    unquoted = [clause for clause in parts if clause.concepts and not by_words(snapshot, clause) & among]
    found = {clause: [term for term in clause.concepts if members_of(snapshot, term) & among] for clause in unquoted}
    return {clause: " or ".join(term.label for term in terms) for clause, terms in found.items() if terms}


def by_words(snapshot: Snapshot, clause: Clause) -> BitMap:
    """Return the entries that fully match a clause without the terms of the vocabulary. No query."""
    return matches(snapshot, replace(clause, entities=clause.names))


def justifying_clauses(found: Iterable[Reason]) -> list[Clause]:
    """Return clauses by which the words that justify the terms of these reasons are highlighted."""
    texts = {reason.justifying for reason in found if reason.justifying}
    return [Clause(text, text, phrases=(tuple(analyse(text)),)) for text in sorted(texts) if analyse(text)]
