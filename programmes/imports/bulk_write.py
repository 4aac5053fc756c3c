"""Bulk insert and bulk update of programmes and drafts. Nothing is validated here: the import plan does that."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from gvc_catalogue.history.content import Content, is_reference, to_plain
from gvc_catalogue.text.folding import fold

from ..models import Classification, DraftClassification, DraftLink, Link, Programme, ProgrammeDraft

PLAIN = tuple(name for name in Programme.CONTENT if not Programme._meta.get_field(name).is_relation)
REFERENCES = ("provider", "successor", "checked_by")
# Models of owned records by relation, then by the model of their owner.
OWNED: dict[str, dict[Any, Any]] = {
    "links": {Programme: Link, ProgrammeDraft: DraftLink},
    "classifications": {Programme: Classification, ProgrammeDraft: DraftClassification},
}
RELATIONS = ("countries", "partners", *OWNED)


class RowChange(NamedTuple):
    """Change of a published programme: its key, and its content before and after."""

    key: int
    before: Content
    after: Content


def columns(content: Content) -> dict[str, Any]:
    """Return the column values of a content as keyword arguments of the model, foreign keys as `…_id`. No query."""
    keys = {f"{name}_id": content[name][0] if content[name] else None for name in REFERENCES}
    return {name: content[name] for name in PLAIN} | keys


def overwrite(changes: Sequence[RowChange]) -> None:
    """Bulk update published programmes; relations are written only where they change. A dozen queries.

    Slugs are expected to stay the same: no former slug is stored.
    """
    programmes = [Programme(pk=c.key, sort_name=fold(c.after["name"]), **columns(c.after)) for c in changes]
    Programme.objects.bulk_update(programmes, [*PLAIN, *REFERENCES, "sort_name"], batch_size=100)
    for name in RELATIONS:
        other = [change for change in changes if to_plain(change.before[name]) != to_plain(change.after[name])]
        _rows_of(Programme, name).objects.filter(programme__in=[change.key for change in other]).delete()
        relate(Programme, [(change.key, change.after) for change in other], [name])


def relate(model: Any, written: Iterable[tuple[int, Content]], names: Sequence[str] = RELATIONS) -> None:
    """Bulk insert relations and owned records of records without any, given as (key, content). A few queries each."""
    written = list(written)
    for name in names:
        rows = _owned(model, name, written) if name in OWNED else _between(model, name, written)
        _rows_of(model, name).objects.bulk_create(rows, batch_size=2_000)


def _rows_of(model: Any, name: str) -> Any:
    return OWNED[name][model] if name in OWNED else getattr(model, name).through


def _owned(model: Any, name: str, written: Iterable[tuple[int, Content]]) -> list[Any]:
    owner = "programme_id" if model is Programme else "draft_id"
    return [_rows_of(model, name)(**{owner: key}, **_values(one)) for key, content in written for one in content[name]]


def _values(owned: Content) -> dict[str, Any]:
    """Return the content of an owned record as keyword arguments of its model, foreign keys as `…_id`."""
    return {f"{n}_id" if is_reference(v) else n: v[0] if is_reference(v) else v for n, v in owned.items()}


def _between(model: Any, name: str, written: Iterable[tuple[int, Content]]) -> list[Any]:
    field, through = model._meta.get_field(name), _rows_of(model, name)
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    return [through(**{own: key, other: reference[0]}) for key, content in written for reference in content[name]]
