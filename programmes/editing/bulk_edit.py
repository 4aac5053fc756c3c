"""Bulk edit of programmes: preview the diff of each, then create drafts or publish all in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gvc_catalogue.history.content import Content, WorkflowError, apply_content, is_same_content, serialise
from gvc_catalogue.history.differences import FieldChange, differences

from ..models import Country, Draft, Organisation, Programme, ProgrammeDraft
from . import workflow
from .workflow import Curator


@dataclass(frozen=True)
class BulkEdit:
    """The changes to apply to each programme; a field that is None is not changed."""

    status: str | None = None
    checked_on: date | None = None
    provider: Organisation | None = None
    add_country: Country | None = None
    remove_country: Country | None = None

    def applied(self, content: Content, by: Any) -> Content:
        """Return a programme's content with the changes applied; `by` becomes the curator of `checked_on`. No query."""
        found = dict(content)
        if self.status:
            found["status"] = self.status
        if self.checked_on:
            found |= {"checked_on": self.checked_on.isoformat(), "checked_by": [by.pk, str(by)]}
        if self.provider:
            found["provider"] = [self.provider.pk, str(self.provider)]
        countries = dict(content["countries"])
        if self.add_country:
            countries[self.add_country.pk] = str(self.add_country)
        if self.remove_country:
            countries.pop(self.remove_country.pk, None)
        return found | {"countries": [[key, name] for key, name in countries.items()]}


@dataclass(frozen=True)
class BulkEditPreview:
    """The diff of one programme, or in `refused` the sentence why it cannot be changed."""

    programme: Programme
    changes: list[FieldChange]
    refused: str = ""


def preview(programmes: Iterable[Programme], edit: BulkEdit, by: Any) -> list[BulkEditPreview]:
    """Return the diff of each programme, in the same order; a few queries each, and nothing is written."""
    found = list(programmes)
    drafted = set(ProgrammeDraft.objects.filter(key__in=[p.pk for p in found]).values_list("key", flat=True))
    return [
        BulkEditPreview(
            programme,
            differences(Programme, content := serialise(programme), edit.applied(content, by)),
            "There is a draft that changes it." if programme.pk in drafted else "",
        )
        for programme in found
    ]


@transaction.atomic
def carry_out(programmes: Iterable[Programme], edit: BulkEdit, by: Any, why: str, publish: bool) -> int:
    """Create a draft for each programme and submit it for review, or publish it; return the number changed.

    All or nothing: raises WorkflowError with the name of the first programme that cannot be changed. Also raises
    WorkflowError without a reason, and where no programme would change.
    """
    if not why.strip():
        raise WorkflowError("Say why: readers see the reason.")
    changed = 0
    for programme in programmes:
        content = serialise(programme)
        after = edit.applied(content, by)
        if not is_same_content(content, after):
            _changed(programme, after, by, why, publish)
            changed += 1
    if not changed:
        raise WorkflowError("Nothing would change.")
    return changed


def _changed(programme: Programme, after: Content, by: Curator, why: str, publish: bool) -> None:
    if ProgrammeDraft.objects.filter(key=programme.pk).exists():
        raise WorkflowError(
            f"There is a draft that changes “{programme}”: publish or delete that first. Nothing was changed."
        )
    draft: Draft = workflow.begin(programme, by)
    draft.why = why
    apply_content(draft, after)
    try:
        if publish:
            workflow.publish(draft, by)
        else:
            draft.full_clean()
            workflow.submit(draft)
    except WorkflowError as refused:
        raise WorkflowError(f"“{programme}”: {refused} Nothing was changed.") from refused
    except ValidationError as error:
        raise WorkflowError(f"“{programme}”: {' '.join(error.messages)} Nothing was changed.") from error
