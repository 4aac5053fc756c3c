"""Search result highlighting: matching words and phrases are put inside <mark>, and the matching synonym is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gvc_catalogue.search_index.analysis import spans
from gvc_catalogue.search_index.snapshot import contains

from .parser import Clause
from .tokeniser import Words


@dataclass(frozen=True)
class TokenisedText:
    """A tokenised text: `words` holds start, end (in characters of `text`) and stem of each word, in order."""

    text: str
    words: list[tuple[int, int, str]]

    @classmethod
    def of(cls, text: str) -> TokenisedText:
        return cls(text, list(spans(text)))

    @cached_property
    def stems(self) -> Words:
        """The stems of the words, in order."""
        return tuple([stem for _, _, stem in self.words])


def highlight(line: TokenisedText, clauses: Iterable[Clause]) -> SafeString:
    """Return a text as escaped HTML with the matches of the clauses inside <mark>; a phrase is one <mark>."""
    text, marked, end = line.text, "", 0
    runs = ((line.words[first][0], line.words[last][1]) for first, last in places(line.stems, clauses))
    for start, stop in merged(runs):
        marked += f"{escape(text[end:start])}<mark>{escape(text[start:stop])}</mark>"
        end = stop
    return mark_safe(marked + escape(text[end:]))  # noqa: S308 (every part was escaped)


def places(stems: Words, clauses: Iterable[Clause]) -> Iterator[tuple[int, int]]:
    """Yield the indices of the first and last word of each match; excluded clauses are skipped."""
    for clause in clauses:
        if clause.excluded:
            continue
        for words in (*clause.phrases, *((word,) for apart in clause.apart for word in apart)):
            first, more = words[0], len(words) - 1
            for i, stem in enumerate(stems):
                if stem == first and (not more or stems[i : i + more + 1] == words):
                    yield i, i + more


def merged(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return runs of characters, as start and end, in order; overlapping runs, as of bigrams, are merged into one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(set(runs)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def matching_form(clause: Clause, lines: Iterable[Words]) -> Words | None:
    """Return the form of a clause that one of the lines contains, the typed form before any synonym; None for none.

    The words of `apart` may be in different lines.
    """
    lines = list(lines)
    for words in clause.apart:
        if all(any(word in line for line in lines) for word in words):
            return words
    return next((form for form in clause.phrases if any(contains(line, form) for line in lines)), None)


def synonym_of(clause: Clause, form: Words) -> str | None:
    """Return a synonym as it is written in its group; None when the form is the typed one."""
    return dict(clause.meanings).get(form)
