"""Words that justify classifications: whether the quotations of a programme contain them, word for word."""

from collections.abc import Iterable, Iterator

from django.db.models import Q

from ..models import Example, ProgrammeDraft


def is_quoted(words: str, texts: Iterable[str]) -> bool:
    """Return whether one of the texts of quotations contains the words verbatim. No query."""
    return any(words in text for text in texts)


def unquoted_words(draft: ProgrammeDraft) -> Iterator[str]:
    """Yield a sentence for each classification of a draft whose words stand in none of the programme's quotations.

    Its quotations are the published ones, those that come back with it, and those drafted with it. Without words a
    curator has chosen the term. Three queries.
    """
    texts = _texts(draft)
    for row in draft.classifications.exclude(words="").select_related("term"):
        if not is_quoted(row.words, texts):
            yield (
                f"No quotation of the programme has the words “{row.words}” for the term “{row.term}”: copy them as "
                "printed, or leave them empty, and pages say that a curator chose the term."
            )


def _texts(draft: ProgrammeDraft) -> list[str]:
    quoted = Example.objects.filter(Q(programmes=draft.key or 0) | Q(pk__in=draft.kept.get("examples", [])))
    return [*quoted.values_list("text", flat=True), *draft.exampledrafts.values_list("text", flat=True)]
