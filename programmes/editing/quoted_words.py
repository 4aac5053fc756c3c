"""Words that justify classifications: whether the quotations of a programme contain them, word for word."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from gvc_catalogue.history.content import Content, serialise
from gvc_catalogue.history.models import Action, Version

from ..models import Classification, Example, Programme, ProgrammeDraft


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


def lost_words(example: Example | None, after: Content | None) -> list[Classification]:
    """Return the classifications whose words no quotation of their programme has any more after a change of an example.

    `after` is the content of the example then; None where it goes. In the order of the programmes' names. Two queries.
    """
    if example is None:
        return []
    kept = {key: after["text"] for key, _ in after["programmes"]} if after else {}
    rows = Classification.objects.filter(programme__examples=example).exclude(words="")
    rows = rows.select_related("programme", "term").order_by("programme__name", "pk")
    lost = [row for row in rows if row.words in example.text and row.words not in kept.get(row.programme_id, "")]
    others = Example.objects.filter(programmes__in={row.programme_id for row in lost}).exclude(pk=example.pk)
    texts: dict[int, list[str]] = {}
    for key, text in others.values_list("programmes", "text"):
        texts.setdefault(key, []).append(text)
    return [row for row in lost if not is_quoted(row.words, texts.get(row.programme_id, []))]


def empty_words(lost: Iterable[Classification], **said: Any) -> None:
    """Keep classifications without their words, as chosen by a curator, with a version of each programme.

    `said` is what the versions say: reason, by, batch. Some ten queries for each programme.
    """
    keys: dict[int, list[int]] = {}
    for row in lost:
        keys.setdefault(row.programme_id, []).append(row.pk)
    for programme in Programme.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"):
        before = serialise(programme)
        programme.classifications.filter(pk__in=keys[programme.pk]).update(words="")
        after = serialise(programme)
        Version.objects.note(programme, before, after, action=Action.CHANGED, **said)


def _texts(draft: ProgrammeDraft) -> list[str]:
    quoted = Example.objects.filter(Q(programmes=draft.key or 0) | Q(pk__in=draft.kept.get("examples", [])))
    return [*quoted.values_list("text", flat=True), *draft.exampledrafts.values_list("text", flat=True)]
