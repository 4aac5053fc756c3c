"""Facet filters in words: the part of a heading, and the values of a filter."""

from collections.abc import Sequence

from .facet_definitions import BY_NAME, FacetDefinition
from .facet_labels import FacetLabels
from .list_query import ListQuery


def filter_in_words(name: str, selection: ListQuery, labels: FacetLabels) -> list[str]:
    """Return the filter of a facet as parts of a heading: ["in Japan or Mexico", "not in Austria"]; [] without one."""
    facet, chosen, excluded = BY_NAME[name], getattr(selection, name), selection.excluded_from(name)
    last = " and " if name in selection.every else " or "
    phrases = facet.phrases
    having = _formatted(facet, [labels.label(name, value) for value in chosen if value not in phrases], last)
    having += [phrases[value].having for value in chosen if value in phrases]
    lacking = _formatted(facet, [labels.label(name, value) for value in excluded if value not in phrases], " or ")
    return [
        *([last.join(having)] if having else []),
        *(f"not {part}" for part in lacking),
        *(phrases[value].lacking for value in excluded if value in phrases),
    ]


def _formatted(facet: FacetDefinition, labels: Sequence[str], last: str) -> list[str]:
    """Return the part of a heading with these labels; a term alone begins with a small letter, as inside a sentence."""
    words = [small_initial(label) for label in labels] if facet.hierarchical and len(labels) == 1 else labels
    return [facet.in_words.format(last.join(words))] if labels else []


def small_initial(label: str) -> str:
    """Return a label as it stands inside of a sentence: "financial support", but "SMEs" and "E-business"."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def values_in_words(name: str, selection: ListQuery, labels: FacetLabels) -> str:
    """Return the values of a filter: "Japan or Mexico, not Austria"."""
    last = " and " if name in selection.every else " or "
    chosen = last.join(labels.label(name, value) for value in getattr(selection, name))
    excluded = " or ".join(labels.label(name, value) for value in selection.excluded_from(name))
    return ", ".join(filter(None, [chosen, excluded and f"not {excluded}"]))
