"""Drafts for permanently redirected links (301, 308): one per programme, submitted for review.

A draft has the content of the published record, with the new address in place of the old one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from gvc_catalogue.history.content import WorkflowError

from ..editing import workflow
from ..models import Draft, DraftLink, LinkCheck, Outcome, Programme, ProgrammeDraft
from .checker import PERMANENT


@dataclass(frozen=True)
class Proposal:
    """Result for one programme: a draft was submitted, or `refused` is the reason, in a sentence."""

    programme: Programme
    refused: str = ""


def propose(since: datetime) -> Iterator[Proposal]:
    """Draft changes for the permanent redirects found since a time, one draft per programme; yield a result for each.

    Each draft has a transaction of its own. One query, one more for each programme, and a dozen for each draft.
    """
    moved = LinkCheck.objects.filter(checked_at__gte=since, outcome=Outcome.MOVED, status_code__in=PERMANENT)
    programmes = Programme.objects.filter(links__url__in=moved.values("url")).order_by("pk").distinct()
    for programme in programmes.iterator(chunk_size=100):
        urls = programme.links.values("url")
        yield _proposed(programme, dict(moved.filter(url__in=urls).values_list("url", "moved_to")))


def _proposed(programme: Programme, moves: dict[str, str]) -> Proposal:
    if ProgrammeDraft.objects.of(programme):
        return Proposal(programme, "There is a draft of it already; the new address is left to its curator.")
    try:
        _draft(programme, moves)
    except WorkflowError as refused:
        return Proposal(programme, str(refused))
    except ValidationError as error:
        return Proposal(programme, " ".join(error.messages))
    return Proposal(programme)


@transaction.atomic
def _draft(programme: Programme, moves: dict[str, str]) -> None:
    """Create and submit a draft. Raises WorkflowError, or ValidationError where a new address is not valid."""
    draft = workflow.begin(programme, None)
    for old, new in moves.items():
        _move(draft, old, new)
    why = "\n".join(f"{old} has moved for good to {new}" for old, new in moves.items())
    ProgrammeDraft.objects.filter(pk=draft.pk).update(why=why)
    draft.refresh_from_db()
    workflow.submit(draft)


def _move(draft: Draft, old: str, new: str) -> None:
    """Change the address of a link of a draft, or delete the link if the draft has the new address already."""
    links = DraftLink.objects.filter(draft_id=draft.pk)
    link = links.get(url=old)
    if links.filter(url=new).exists():
        link.delete()
        return
    link.url = new
    link.full_clean()
    link.save()
