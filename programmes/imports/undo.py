"""Undo of an import: each record that was not edited since is restored."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from gvc_catalogue.history.content import (
    MissingReferenceError,
    WorkflowError,
    apply_content,
    is_same_content,
    serialise,
)
from gvc_catalogue.history.models import Action, Version

from ..editing.workflow import take_away
from ..models import Programme, ProgrammeDraft, Receipt, State
from .apply import MOST_SAID
from .plan import CHUNK


@transaction.atomic
def undo(receipt: Receipt, by: Any) -> list[str]:
    """Undo an import in one transaction; return a sentence for each record left as it is, since it was edited later.

    At most 51 sentences are returned. Raises WorkflowError when the import was undone already.
    """
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    if receipt.undone_at:
        raise WorkflowError(f"This import was undone already, on {receipt.undone_at:%d %B %Y}.")
    left = _undo_published(receipt, by) if receipt.published else _undo_drafts(receipt)
    receipt.undone_at, receipt.undone_by_id = timezone.now(), by.pk if by else None
    receipt.save()
    return left


def _undo_drafts(receipt: Receipt) -> list[str]:
    drafts = ProgrammeDraft.objects.filter(receipt=receipt)
    untouched = drafts.filter(edits=0, state=State.DRAFT, exampledrafts=None)
    left = [
        f"“{draft}” was worked on since: it stays a draft." for draft in drafts.exclude(pk__in=untouched)[:MOST_SAID]
    ]
    published = receipt.new + receipt.changed - drafts.count()
    while keys := list(untouched.values_list("pk", flat=True)[:CHUNK]):
        ProgrammeDraft.objects.filter(pk__in=keys).delete()
    gone = [f"{published} of its drafts were published or deleted since: see the history of each."] if published else []
    return left + gone


def _undo_published(receipt: Receipt, by: Any) -> list[str]:
    left = []
    for version in Version.objects.filter(batch=receipt.batch).iterator():
        programme = Programme.objects.select_for_update(of=("self",)).filter(pk=version.key).first()
        if (
            programme is None
            or not is_same_content(serialise(programme), version.after)
            or _more_hangs_on(programme, version)
        ):
            left.append(f"“{version.name}” has changed since: it stays as it is.")
        else:
            left += _taken_back(programme, version, receipt, by)
    return left[:MOST_SAID]


def _more_hangs_on(programme: Programme, version: Version) -> bool:
    """Return whether a draft changes a programme, or examples or predecessors refer to one that would be deleted."""
    drafted = ProgrammeDraft.objects.filter(key=programme.pk).exists()
    led_to: tuple[Any, ...] = (programme.examples, programme.exampledrafts, programme.programme_predecessors)
    led_to += (programme.programmedraft_predecessors,)
    return drafted or (version.before is None and any(others.exists() for others in led_to))


def _taken_back(programme: Programme, version: Version, receipt: Receipt, by: Any) -> list[str]:
    """Undo the import of one record; return a sentence where records that its old content refers to are gone."""
    try:
        with transaction.atomic():
            _take_back(programme, version, receipt, by)
    except MissingReferenceError as lost:
        return [f"“{version.name}” stays as it is: {lost}"]
    return []


def _take_back(programme: Programme, version: Version, receipt: Receipt, by: Any) -> None:
    said = {"reason": f"The import “{receipt.file_name}” was undone.", "by": by, "batch": f"undo-{receipt.batch}"}
    if version.before:
        apply_content(programme, version.before)
        Version.objects.note(programme, version.after, version.before, action=Action.CHANGED, **said)
    else:
        Version.objects.note(programme, version.after, None, action=Action.DELETED, **said)
        take_away(programme)
