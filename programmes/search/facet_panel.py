"""Facet panel of the list's page: which values are shown at first, and terms with their narrower ones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from gvc_catalogue.text.folding import fold
from gvc_catalogue.web.facets import Choice, Facet
from gvc_catalogue.web.querystring import address, with_removed, with_replaced

from .facet_choices import LABELS, ListView, choices_of
from .facet_definitions import BY_NAME, FACETS, NO_COUNTRY, FacetLabel

ON_PAGE = tuple(name for name in FACETS if BY_NAME[name].on_page)
# The first OPEN facets of the page are open, the others collapsed until one of their values is asked for.
OPEN = 4
# A facet shows SHOWN values at first; one with more than MANY values has only those, and a search for the others.
SHOWN, MANY = 8, 50


def facets_at_first(view: ListView, counts: dict[str, dict[str, int]], asked: QueryDict) -> list[Facet]:
    """Return all facets, each with the values with most programmes at first and those that are asked for.

    `asked` is the query string: `find_country=jap` searches the labels of a facet, `all=country` shows all its values.
    """
    return [facet_at_first(view, name, counts[name], asked) for name in FACETS]


def facet_at_first(view: ListView, name: str, counts: Mapping[str, int], asked: QueryDict) -> Facet:
    """Return one facet. See facets_at_first()."""
    hierarchical, known = BY_NAME[name].hierarchical, in_order(name, view.entries(name), counts)
    few = len(known) > MANY and not hierarchical and name not in asked.getlist("all")
    looked_for = asked.get(f"find_{name}", "").strip() if few else ""
    entries = known if looked_for else with_programmes(view, name, known, counts)
    listed = shortened(entries, view.asked(name), looked_for) if few else entries
    choices = choices_of(view, name, counts, listed)
    if hierarchical:
        choices = nested(view, name, choices)
    shown, more = (choices, []) if looked_for else divided(choices)
    hidden = len(entries) - len(listed)
    return Facet(
        name,
        LABELS[name],
        shown,
        more=tuple(more),
        hidden=hidden,
        whole_url=address(view.path, (*view.pairs, ("all", name))) if hidden else "",
        looked_for=looked_for,
        folded=name not in ON_PAGE[:OPEN],
        on_page=name in ON_PAGE,
        **any_or_all(view, name),
    )


def in_order(name: str, entries: list[FacetLabel], counts: Mapping[str, int]) -> list[FacetLabel]:
    """Return the entries by number of programmes; statuses stay in their order, and NO_COUNTRY is the last."""
    if BY_NAME[name].constant:
        return entries
    return sorted(entries, key=lambda entry: (entry.value == NO_COUNTRY, -counts.get(entry.value, 0)))


def with_programmes(
    view: ListView, name: str, entries: list[FacetLabel], counts: Mapping[str, int]
) -> list[FacetLabel]:
    """Return the entries that have programmes, are asked for, or are narrower than a chosen term; all statuses."""
    if BY_NAME[name].constant:
        return entries
    kept = view.asked(name)
    chosen = set(getattr(view.selection, name)) if BY_NAME[name].hierarchical else set()
    paths = view.vocabulary.tree.paths
    return [
        entry
        for entry in entries
        if counts.get(entry.value)
        or entry.value in kept
        or (chosen and chosen.intersection(paths.get(entry.value, ())))
    ]


def shortened(entries: list[FacetLabel], asked: Collection[str], looked_for: str) -> list[FacetLabel]:
    """Return the entries that are asked for, with those whose label has the text that is looked for, in their order.

    Without such a text they are with the first others, at most SHOWN in all.
    """
    if looked_for:
        return [entry for entry in entries if entry.value in asked or fold(looked_for) in fold(entry.label)]
    others = [entry.value for entry in entries if entry.value not in asked]
    shown = {*asked, *others[: max(0, SHOWN - len(asked))]}
    return [entry for entry in entries if entry.value in shown]


def divided(choices: Sequence[Choice]) -> tuple[list[Choice], list[Choice]]:
    """Return at most SHOWN choices, and the rest, both in order.

    Those that are asked for and constant ones are always among the first.
    """
    kept = [choice for choice in choices if choice.asked_within or choice.constant]
    others = [choice for choice in choices if choice not in kept][: max(0, SHOWN - len(kept))]
    shown = {choice.value for choice in (*kept, *others)}
    return [c for c in choices if c.value in shown], [c for c in choices if c.value not in shown]


def nested(view: ListView, name: str, choices: list[Choice]) -> list[Choice]:
    """Return the choices of the broadest terms, each with its narrower ones, in the order of `choices`."""
    paths, by_key = view.vocabulary.tree.paths, {choice.value: choice for choice in choices}
    below: dict[str, list[Choice]] = {}
    for choice in choices:
        parent = next((key for key in paths.get(choice.value, ())[1:] if key in by_key), "")
        below.setdefault(parent, []).append(choice)

    def with_narrower(choice: Choice, chosen_above: tuple[str, ...]) -> Choice:
        above = (*chosen_above, choice.value) if choice.selected else chosen_above
        narrower = tuple(with_narrower(one, above) for one in below.get(choice.value, ()))
        opened = bool(above) or any(one.asked_within for one in narrower)
        url = "" if choice.asked else narrow_url(view, name, choice.value, chosen_above)
        return replace(choice, narrower=narrower, opened=opened, narrow_url=url)

    return [with_narrower(choice, ()) for choice in below.get("", [])]


def narrow_url(view: ListView, name: str, value: str, broader: Sequence[str]) -> str:
    """Return the address of the list with a term in place of the chosen broader ones; "" if there is none."""
    pairs = view.pairs
    for key in broader:
        pairs = with_removed(pairs, name, key)
    return address(view.path, (*pairs, (name, value))) if broader else ""


def any_or_all(view: ListView, name: str) -> dict[str, Any]:
    """Return the switch between any and all of the chosen values; {} where they cannot stand together."""
    every = name in view.selection.every
    if not BY_NAME[name].together or not (every or getattr(view.selection, name)):
        return {}
    others = [other for other in view.selection.every if other != name]
    any_url = address(view.path, with_replaced(view.pairs, "every", others))
    all_url = address(view.path, with_replaced(view.pairs, "every", [*others, name]))
    return {"every": every, "any_url": any_url, "all_url": all_url}
