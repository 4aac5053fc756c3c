"""The engine's query for what was found, so that it can be put in order."""

from __future__ import annotations

from typing import Any

from . import engine
from .snapshot import Snapshot
from .wanted import Want, Words


def ranking(snapshot: Snapshot, wants: list[Want], chosen: dict[str, tuple[str, ...]]) -> Any:
    """Return the engine's query for what was found; own words weigh, shared ones only let in."""
    index = snapshot.engine
    parts = [form(snapshot, want) for want in wants if not want.excluded]
    parts += [index.among(f"facet/{name}/{value}" for value in values) for name, values in chosen.items() if values]
    excluded = [form(snapshot, want) for want in wants if want.excluded]
    query = engine.both(*(parts or [engine.everything()]))
    return engine.without(query, *excluded) if excluded else query


def form(snapshot: Snapshot, want: Want) -> Any:
    """Return the engine's query for a want: any of its forms."""
    forms = [one_form(snapshot, words) for words in want.phrases]
    if want.apart:
        forms.append(engine.both(*(one_form(snapshot, (word,)) for word in want.apart)))
    return forms[0] if len(forms) == 1 else engine.either(*forms)


def one_form(snapshot: Snapshot, words: Words) -> Any:
    """Return the engine's query for words in this order, in own texts or in shared ones."""
    own, keys = snapshot.engine.phrase(words), snapshot.shared_keys(words)
    return engine.either(own, snapshot.engine.among(f"shared/{key}" for key in keys)) if keys else own
