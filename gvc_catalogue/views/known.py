"""Recommendations and countries as the index knows them: what the search finds of them while the database is away."""

import re
from collections.abc import Callable, Iterable
from copy import copy
from typing import Any

from gvc_catalogue.lib.folding import fold
from gvc_catalogue.lib.wordings import word_beginning
from gvc_catalogue.lib.words import Term
from programmes.edition import Edition
from programmes.models import Country
from programmes.search import totals
from recommendations.models import Recommendation

Texts = list[str]
Condition = Callable[[Texts], bool]


class Known:
    """The same questions as those to the database, with the same answers; no query."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def recommendations(self, condition: Condition, key: str = "") -> list[Any]:
        """Return those whose texts satisfy a condition, or with this number; each with its `number_of_programmes`."""
        found = self.edition.vocabulary.recommendations.values()
        chosen = [one for one in found if one.number == key or condition(texts_of(one))]
        return self._counted("recommendation", "number", chosen)

    def countries(self, condition: Condition, key: str = "") -> list[Any]:
        """Return those whose names satisfy a condition, or with this code; each with its `number_of_programmes`."""
        found = self.edition.vocabulary.countries.values()
        chosen = [one for one in found if one.code == key.upper() or condition(names_of(one))]
        return self._counted("country", "code", chosen)

    def named(self, key: str) -> list[Any]:
        """Return the records with this key or whole name."""
        vocabulary = self.edition.vocabulary
        by_key = [vocabulary.recommendations.get(key.lower()), vocabulary.countries.get(key.upper())]
        by_name = [one for one in vocabulary.countries.values() if one.sort_name == fold(key)]
        return [*filter(None, by_key), *by_name]

    def _counted(self, facet: str, field: str, found: Iterable[Any]) -> list[Any]:
        numbers, counted = totals(self.edition)[facet], []
        for one in map(copy, found):
            one.number_of_programmes = numbers.get(getattr(one, field), 0)
            counted.append(one)
        return counted


def with_terms(terms: list[Term]) -> Condition:
    """Return the condition of having every term, and none of the excluded ones; never true where there is no term."""
    return lambda texts: bool(terms) and all(mentioned(term.pattern, texts) != term.excluded for term in terms)


def with_beginning(typed: str) -> Condition:
    """Return the condition of having a word that begins with what is typed so far."""
    begins = word_beginning(typed)
    return lambda texts: bool(begins) and mentioned(begins, texts)


def mentioned(pattern: str, texts: Texts) -> bool:
    return any(re.search(pattern, text) for text in texts)


def texts_of(one: Recommendation) -> Texts:
    return [one.title, one.text, one.annex_text, one.category.title, one.category.annex_title]


def names_of(one: Country) -> Texts:
    return [one.name, one.name_in_source, one.other_names]
