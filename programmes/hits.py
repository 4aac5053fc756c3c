"""A programme as it was found: its name and quotations with what was wanted marked, and why it is there at all."""

from collections.abc import Iterator

from gvc_catalogue.lib.text_index.analysis import analyse
from gvc_catalogue.lib.text_index.marking import mark, matching_form, meaning
from gvc_catalogue.lib.text_index.snapshot import Snapshot
from gvc_catalogue.lib.text_index.wanted import Want

from .models import Programme
from .search import Found

# Where a word stands that is not in what is shown, by the kind of the shared text.
PLACES = {
    "country": "in another name of the country",
    "recommendation": "in the recommendation",
    "category": "in the category",
    "provider": "in the provider’s name",
}


def marked(found: Found) -> list[Programme]:
    """Return the programmes with `highlighted` on each and on its examples, and with `reasons`; no query."""
    if found.answer is None or not found.answer.wants:
        return found.programmes
    wants = [want for want in found.answer.wants if not want.excluded]
    for programme in found.programmes:
        programme.highlighted = mark(programme.name, wants)
        for example in programme.examples.all():
            example.highlighted = mark(example.text, wants)
        programme.reasons = list(reasons(found.answer.snapshot, programme, wants))
    return found.programmes


def reasons(snapshot: Snapshot, programme: Programme, wants: list[Want]) -> Iterator[str]:
    """Yield why a programme was found, as far as its name and quotations do not show it."""
    shown = [programme.name, *(example.text for example in programme.examples.all())]
    lines = [tuple(analyse(text)) for text in shown]
    for want in wants:
        form = matching_form(want, lines)
        if form is None:
            yield from elsewhere(snapshot, programme, want)
        elif synonym := meaning(want, form):
            yield f"{want.typed} = {synonym}"


def elsewhere(snapshot: Snapshot, programme: Programme, want: Want) -> Iterator[str]:
    """Yield the first of the texts that a programme shares with others where a want stands."""
    keys = shared_keys(programme)
    for form in want.phrases or ((word,) for word in want.apart):
        among = set(snapshot.shared_keys(form))
        for key, label in keys.items():
            if key in among:
                synonym = meaning(want, form)
                yield f"{want.typed}{f' = {synonym}' if synonym else ''}: {label}"
                return


def shared_keys(programme: Programme) -> dict[str, str]:
    """Return the keys of the texts that a programme shares, with words for where they stand; no query."""
    recommendations = [example.recommendation for example in programme.examples.all()]
    keys = {f"country:{c.pk}": f"{PLACES['country']} ({c.name})" for c in programme.countries.all()}
    keys |= {f"provider:{programme.provider_id}": PLACES["provider"]}
    keys |= {f"recommendation:{r.pk}": f"{PLACES['recommendation']} {r.number}" for r in recommendations}
    return keys | {f"category:{r.category_id}": f"{PLACES['category']} {r.category.code}" for r in recommendations}
