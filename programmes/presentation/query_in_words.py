"""Search queries in words: headings that claim only what was found."""

from collections.abc import Iterable, Mapping, Sequence

from gvc_catalogue.search_index.query.parser import Clause, label_of
from gvc_catalogue.text.folding import fold

from ..search.reasons import by_words, short_label, terms_in_place
from ..search.search import SearchResult

# A query with more words than this is called "these words" in headings.
MOST_NAMED = 6


def enumerate_words(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence: "venture capital, loans and Iceland"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def quoted(clause: Clause) -> str:
    """Return a clause as it stands in a heading: its words, a phrase in quotation marks."""
    return claimed(clause, {})


def claimed(clause: Clause, terms: Mapping[Clause, str]) -> str:
    """Return a clause as it stands in a heading; its alternatives that are among `terms` as these terms."""
    return " or ".join(
        f"the term {terms[part]}" if part in terms else f"“{short_label(part)}”" if part.exact else short_label(part)
        for part in clause.parts
    )


def named(clauses: Sequence[Clause], terms: Mapping[Clause, str] | None = None) -> str:
    """Return the clauses of a heading, the excluded ones after the others: "clusters and Japan, not Mexico".

    `terms` are the terms that stand for clauses which are only found by them: "Austria and the term Loan or credit".
    """
    terms = terms or {}
    if len(clauses) > MOST_NAMED:
        return "all of these words or their terms" if terms else "all of these words"
    # A term may have a comma and "and" in its label: terms stand last.
    by_term_last = sorted(clauses, key=terms.__contains__)
    wanted = [claimed(clause, terms) for clause in by_term_last if not clause.excluded]
    excluded = [quoted(clause) for clause in clauses if clause.excluded]
    return ", ".join([enumerate_words(wanted)] * bool(wanted) + [f"not {word}" for word in excluded])


def heading(found: SearchResult) -> str:
    """Return what the full matches have, after their number, or the sentence that there is none."""
    clauses, number = found.answer.clauses, found.page.total
    if not number:
        return heading_of_none(clauses)
    if not found.answer.wanted:
        return f"without {enumerate_words([quoted(clause) for clause in clauses], 'or')}"
    return f"{'has' if number == 1 else 'have'} {named(clauses, terms_of_results(found))}"


def terms_of_results(found: SearchResult) -> dict[Clause, str]:
    """Return the clauses that no full match has by its words, each with the terms by which they have it. No query."""
    return terms_in_place(found.answer.snapshot, found.answer.wanted, found.answer.members)


def renamed(found: SearchResult) -> list[str]:
    """Return the names that are shown under another label: "Scotland, read as United Kingdom". No query."""
    parts = (part for clause in found.answer.clauses for part in clause.parts)
    pairs = ((part.printed, label_of(part)) for part in parts if part.names)
    return [f"{typed}, read as {label}" for typed, label in pairs if fold(typed) != fold(label)]


def completed(found: SearchResult, typed: Iterable[str]) -> list[str]:
    """Return the beginnings of names: "INOV, as the beginning of inovcontacto or inovjovem". No query.

    `typed` are the words of the query in the letters in which they were typed.
    """
    letters = {word.casefold(): word for word in typed}
    return [
        f"{letters.get(word, word)}, as the beginning of {enumerate_words(names, 'or')}"
        for word, names in found.query.completed.items()
    ]


def unquoted(found: SearchResult) -> list[str]:
    """Return a sentence, without its full stop, for each clause that the full matches have only by a term. No query."""
    one = found.page.total == 1
    few = "It does not quote" if one else "None of them quotes"
    return [
        f"{few if by_words(found.answer.snapshot, clause) else 'No programme quotes'} {quoted(clause)}: "
        f"it is read as the term {terms}"
        for clause, terms in terms_of_results(found).items()
    ]


def heading_of_none(clauses: list[Clause]) -> str:
    """Return the sentence that no programme has all of the clauses: "No programme has both patents and Japan"."""
    wanted = [clause for clause in clauses if not clause.excluded]
    if len(clauses) == len(wanted) == 1:
        return f"No programme {verb(wanted[0])} {quoted(wanted[0])}"
    much = "" if len(wanted) == 1 or len(clauses) > MOST_NAMED else "both " if len(wanted) == 2 else "all of "
    return f"No programme has {much}{named(clauses)}"


def verb(clause: Clause) -> str:
    """Return the verb between a programme and what a clause asks for; "has" for alternatives with different verbs."""
    if clause.alternatives:
        verbs = set(map(verb, clause.alternatives))
        return verbs.pop() if len(verbs) == 1 else "has"
    if clause.names and clause.names[0].kind in ("country", "region", "subregion"):
        return "is from"
    return "quotes" if clause.concepts else "has"


def partial_heading(found: SearchResult) -> str:
    """Return the heading of the partial matches: how many have which of the words."""
    shown, more = found.partial, " more" if found.page.total else ""
    have = "has" if len(shown) == 1 else "have"
    number = f"{len(shown)}{more}" if more else f"{len(shown)} programme{'' if len(shown) == 1 else 's'}"
    if found.has_more_partial:
        return f"The nearest {len(shown)} have some of the words"
    terms = terms_in_place(found.answer.snapshot, found.answer.wanted, found.answer.among - found.answer.members)
    kinds = {(tuple(match.has), tuple(match.lacks)) for match in shown}
    has, lacks = next(iter(kinds)) if len(kinds) == 1 else ((), ())
    if has and not lacks:
        return f"{number} {have} {named(has, terms)} in the wording of a recommendation"
    if has and len(has) + len(lacks) <= MOST_NAMED:
        lacked = enumerate_words([quoted(clause) for clause in lacks], "or")
        return f"{number} {have} {named(has, terms)}, not {lacked}"
    one = len(found.answer.wanted) == 2 and all(len(match.has) == 1 for match in shown)
    return f"{number} {have} {'one' if one else 'some'} of the words"
