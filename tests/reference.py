"""The list answered in plain Python over all records: slow and simple, and what the search index must agree with."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from gvc_catalogue.search_index.analysis import folded_words
from gvc_catalogue.search_index.query.parser import Clause, Lexicon, parse_query
from programmes.models import Programme, Term
from programmes.search.facet_definitions import FACETS
from programmes.search.list_query import ListQuery
from programmes.search.organisation_names import organisation_names
from programmes.search.search import everything, find


@dataclass(frozen=True)
class Record:
    """A programme with its keys by facet and its texts, each as folded words."""

    slug: str
    keys: dict[str, set[str]]
    name: list[str]
    quotations: list[list[str]]
    texts: list[list[str]]
    sort_keys: dict[str, Any]


def records() -> list[Record]:
    return [record(programme) for programme in Programme.objects.with_details()]


def record(programme: Programme) -> Record:
    countries, examples = programme.countries.all(), programme.examples.all()
    rows = [example.recommendation for example in examples]
    texts = [programme.name, *organisation_names(programme.provider.name)]
    for r in rows:
        texts += [r.title, r.category.short_title]
    quotations = [folded_words(example.text) for example in examples]
    return Record(
        slug=programme.slug,
        keys={
            "country": {c.code for c in countries},
            "region": {c.region for c in countries},
            "category": {r.category.code for r in rows},
            "recommendation": {r.number for r in rows},
            "provider": {programme.provider.kind},
            "status": {programme.status},
            "instrument": terms(programme, "instrument"),
            "topic": terms(programme, "topic"),
            "beneficiary": terms(programme, "beneficiary"),
        },
        name=folded_words(programme.name),
        quotations=quotations,
        texts=[*map(folded_words, texts), *quotations],
        sort_keys={
            "name": programme.sort_name,
            # A name has words: an empty folded one, which only a test writes, counts as none.
            "country": min((c.sort_name for c in countries), default="") or None,
            "recommendation": min((r.position for r in rows), default=None),
        },
    )


def terms(programme: Programme, scheme: str) -> set[str]:
    """The terms of a programme and all above them."""
    found = set()
    for classification in programme.classifications.all():
        term: Term | None = classification.term
        while term and term.scheme == scheme:
            found.add(term.key)
            term = term.broader
    return found


def matching(found: list[Record], selection: ListQuery, leave_out: str = "") -> list[Record]:
    """Those that the selection asks for, `leave_out` not heeded."""
    return [r for r in found if has_keys(r, selection, leave_out) and has_words(r, selection)]


def has_keys(record: Record, selection: ListQuery, leave_out: str) -> bool:
    asked = {name: set(getattr(selection, name)) for name in FACETS if name != leave_out}
    return all(not values or values & record.keys[name] for name, values in asked.items())


def has_words(record: Record, selection: ListQuery) -> bool:
    clauses = parse_query(selection.q, Lexicon()).clauses
    mentioned = [any(mentions(text, clause) for text in record.texts) != clause.excluded for clause in clauses]
    return not selection.q or (bool(mentioned) and all(mentioned))


def mentions(text: list[str], clause: Clause) -> bool:
    """Whether the words stand in the text side by side; the last one in singular or plural, unless exact."""
    *first, last = clause.typed.split()
    lasts, size = {last} if clause.exact else both_numbers(last), len(first) + 1
    runs = (text[i : i + size] for i in range(len(text) - size + 1))
    return any(run[:-1] == first and run[-1] in lasts for run in runs)


def both_numbers(word: str) -> set[str]:
    """A word in singular and plural, whichever it was given in."""
    singulars = {word}
    if len(word) > 3 and word.endswith("ies"):
        singulars = {word.removesuffix("ies") + "y"}
    elif len(word) > 3 and re.search("(ss|x|ch|sh)es$", word):
        singulars = {word[:-2], word[:-1]}
    elif len(word) > 3 and re.search("[^s]s$", word):
        singulars = {word[:-1]}
    plurals = {re.sub("(?<=[^aeiou])y$", "ie", singular) + "s" for singular in singulars}
    return {word} | singulars | plurals | {f"{singular}es" for singular in singulars if singular[-1] != "y"}


def counts(found: list[Record], selection: ListQuery) -> dict[str, dict[str, int]]:
    """How many have each value of each facet, under what is chosen in all other facets."""
    return {
        name: dict(Counter(key for r in matching(found, selection, leave_out=name) for key in r.keys[name]))
        for name in FACETS
    }


def in_order(found: list[Record], sort: str) -> list[str]:
    """Slugs by name, country or recommendation; those without one last; ties by slug."""
    ordered = sorted(found, key=lambda r: (r.sort_keys[sort] is None, r.sort_keys[sort], r.slug))
    return [r.slug for r in ordered]


def index_agrees(selection: ListQuery) -> bool:
    """Whether the index has all programmes of the database, in the right order, with the right counts."""
    there = records()
    slugs = [programme["slug"] for programme in everything(selection)]
    expected = in_order(matching(there, selection), selection.order)
    return slugs == expected and find(selection).counts == counts(there, selection)
