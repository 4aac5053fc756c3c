"""Merge of duplicate records: all that refers to the merged record is moved to the one that remains.

Each change is stored as a version, and all versions of a merge have the same batch, so it can be undone as a whole.
"""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from gvc_catalogue.history.content import Content, WorkflowError, apply_content, is_same_content, serialise, to_plain
from gvc_catalogue.history.models import Action, Version

from ..models import Example, ExampleDraft, FormerSlug, Organisation, Programme, ProgrammeDraft, Status, Suggestion
from .workflow import Curator, mentions

# All programmes of a provider are changed in one transaction; this is the limit.
MOST_PROGRAMMES = 2_000
SEVERAL = ("countries", "partners", "links", "classifications")
LOOKED_UP = ("status", "checked_on", "checked_by")
PROGRAMME = Programme._meta.label_lower


def merged(stays: Content, goes: Content, keys: Iterable[int] = ()) -> Content:
    """Return the content of a programme after a merge; `stays` remains, `goes` is merged into it. No query.

    Lists are united. Status and successor are taken from the merged record only where the other has none. All other
    fields are its own. `keys` are the keys of both: neither becomes a successor of itself.
    """
    found = dict(stays)
    for name in SEVERAL:
        known = {repr(_identity(one)) for one in stays[name]}
        found[name] = [*stays[name], *(one for one in goes[name] if repr(_identity(one)) not in known)]
    if stays["status"] == Status.NOT_YET_CHECKED:
        found |= {name: goes[name] for name in LOOKED_UP}
    successor = stays["successor"] or goes["successor"]
    found["successor"] = None if successor and successor[0] in keys else successor
    return found


def _identity(one: Any) -> Any:
    """Return the key that identifies an element of a list: a link by its address, others by their primary keys."""
    return to_plain(one.get("url") or one["term"]) if isinstance(one, dict) else to_plain(one)


@transaction.atomic
def merge_programmes(stays: Programme, goes: Programme, by: Curator, why: str) -> Version:
    """Merge a programme into another, and return the version of the merged one, from which it can be undone.

    The address of the merged programme redirects to the one that remains. Some sixty queries, more with many examples.
    Raises WorkflowError without a reason, if both are the same record, or while there is a draft of either.
    """
    stays, goes = _locked(Programme, stays, goes, why)
    if draft := ProgrammeDraft.objects.filter(key__in=[stays.pk, goes.pk]).first():
        raise WorkflowError(f"There is a draft that changes “{draft}”: publish or delete that first.")
    said = {"reason": why, "by": by, "batch": _batch()}
    before, content = serialise(stays), serialise(goes)
    content |= {
        "former_slugs": list(goes.former_slugs.values_list("slug", flat=True)),
        "suggestions": list(goes.suggestions.values_list("pk", flat=True)),
    }
    _move_examples(stays, goes, said)
    _move_predecessors(stays, goes, said)
    _move_drafts(stays, goes)
    Suggestion.objects.filter(programme=goes).update(programme=stays)
    FormerSlug.objects.filter(programme=goes).update(programme=stays)
    FormerSlug.objects.update_or_create(slug=goes.slug, defaults={"programme": stays})
    version = Version.objects.note(goes, content, None, action=Action.MERGED, mentions=[(PROGRAMME, stays.pk)], **said)
    keys = {stays.pk, goes.pk}
    goes.delete()
    apply_content(stays, merged(before, content, keys))
    Version.objects.note(stays, before, serialise(stays), action=Action.CHANGED, **said)
    return version


@transaction.atomic
def merge_organisations(stays: Organisation, goes: Organisation, by: Curator, why: str) -> Version:
    """Merge an organisation into another, which becomes provider or partner of its programmes. Return the version.

    Raises WorkflowError without a reason, if both are the same record, or for more than MOST_PROGRAMMES programmes, the
    limit for one transaction.
    """
    stays, goes = _locked(Organisation, stays, goes, why)
    said = {"reason": why, "by": by, "batch": _batch()}
    theirs = Programme.objects.filter(Q(provider=goes) | Q(pk__in=goes.partnered_programmes.values("pk")))
    found = list(theirs.with_details().select_related("checked_by")[: MOST_PROGRAMMES + 1])
    if len(found) > MOST_PROGRAMMES:
        raise WorkflowError(
            f"“{goes}” has more than {MOST_PROGRAMMES:,} programmes: move them to “{stays}” in parts first."
        )
    content = serialise(goes)
    for programme in found:
        _note_change(programme, _with_organisation(serialise(programme), stays, goes), said)
    for draft in ProgrammeDraft.objects.filter(Q(provider=goes) | Q(partners=goes)).distinct():
        apply_content(draft, _with_organisation(serialise(draft), stays, goes))
    version = Version.objects.note(goes, content, None, action=Action.MERGED, **said)
    goes.delete()
    return version


@transaction.atomic
def undo(version: Version, by: Curator) -> None:
    """Undo a merge: restore every record of its batch to its content before the merge.

    Raises WorkflowError where the version is no merge, or where one of the records has changed since.
    """
    if version.action != Action.MERGED or not version.batch:
        raise WorkflowError("Only a merge can be undone so.")
    versions = list(Version.objects.filter(batch=version.batch).exclude(pk=version.pk))
    records = [
        one.model._default_manager.select_for_update(of=("self",)).filter(pk=one.key).first() for one in versions
    ]
    for one, record in zip(versions, records, strict=True):
        if record is None or not is_same_content(serialise(record), one.after):
            raise WorkflowError(f"“{one.name}” has changed since the merge: restore the versions one by one.")
    said = {"reason": f"The merge of {version.at:%d %B %Y} is undone.", "by": by}
    content: Content = version.before or {}
    back = version.model(pk=version.key)
    apply_content(back, content)
    FormerSlug.objects.filter(slug__in=content.get("former_slugs", [])).update(programme_id=version.key)
    Suggestion.objects.filter(pk__in=content.get("suggestions", [])).update(programme_id=version.key)
    Version.objects.note(back, None, serialise(back), action=Action.PUBLISHED_AGAIN, **said)
    for one, record in zip(versions, records, strict=True):
        _note_change(record, one.before or {}, said)


def _locked(model: Any, stays: Any, goes: Any, why: str) -> tuple[Any, Any]:
    """Return the current rows of both, locked (SELECT FOR UPDATE) to the end of the transaction.

    Rows are always locked in the order of their keys, which avoids deadlocks.
    """
    if not why.strip():
        raise WorkflowError("Say why: readers see the reason.")
    if stays.pk == goes.pk:
        raise WorkflowError("These are one and the same.")
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=[stays.pk, goes.pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        raise WorkflowError("One of them is not there any more.")
    return found[stays.pk], found[goes.pk]


def _batch() -> str:
    return f"merge-{uuid4().hex}"


def _note_change(record: Any, after: Content, said: dict[str, Any]) -> None:
    """Write other content to a record, and store the change as a version."""
    before = serialise(record)
    apply_content(record, after)
    # Relations that were prefetched before the change are out of date.
    record = type(record)._default_manager.get(pk=record.pk)
    after = serialise(record)
    if not is_same_content(before, after):
        told = mentions(record, before, after)
        Version.objects.note(record, before, after, action=Action.CHANGED, mentions=told, **said)


def _replaced(references: list[Any], stays: Any, goes: Any) -> list[Any]:
    """Return references with one record replaced by the other, each once."""
    found = {key: name for key, name in references if key != goes.pk}
    if len(found) < len(references):
        found[stays.pk] = str(stays)
    return [[key, name] for key, name in found.items()]


def _with_organisation(content: Content, stays: Organisation, goes: Organisation) -> Content:
    provider = [stays.pk, str(stays)] if content["provider"][0] == goes.pk else content["provider"]
    return content | {"provider": provider, "partners": _replaced(content["partners"], stays, goes)}


def _move_examples(stays: Programme, goes: Programme, said: dict[str, Any]) -> None:
    for example in Example.objects.filter(programmes=goes):
        content = serialise(example)
        _note_change(example, content | {"programmes": _replaced(content["programmes"], stays, goes)}, said)


def _move_predecessors(stays: Programme, goes: Programme, said: dict[str, Any]) -> None:
    for programme in goes.programme_predecessors.exclude(pk=stays.pk):
        _note_change(programme, serialise(programme) | {"successor": [stays.pk, str(stays)]}, said)


def _move_drafts(stays: Programme, goes: Programme) -> None:
    """Move the references of drafts. No version is stored: drafts have no history yet."""
    ProgrammeDraft.objects.filter(successor=goes).update(successor=stays)
    for draft in ExampleDraft.objects.filter(programmes=goes):
        draft.programmes.add(stays)
        draft.programmes.remove(goes)
