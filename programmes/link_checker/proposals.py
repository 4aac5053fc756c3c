"""Pages that moved for good: a change of each programme that links there, drafted and handed to the publishers.

Nothing is invented: the draft says what the published record says, with the new address in place of the old one.
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
    """What was done for a programme: a draft, or in a sentence why there is none."""

    programme: Programme
    refused: str = ""


def propose(since: datetime) -> Iterator[Proposal]:
    """Draft the changes that the checks since then ask for, one draft a programme; each in a transaction of its own.

    A query for all, one for each programme, and a dozen for each draft.
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
    """Raises Refused, or ValidationError where a new address is none that a link may have."""
    draft = workflow.begin(programme, None)
    for old, new in moves.items():
        _move(draft, old, new)
    why = "\n".join(f"{old} has moved for good to {new}" for old, new in moves.items())
    ProgrammeDraft.objects.filter(pk=draft.pk).update(why=why)
    draft.refresh_from_db()
    workflow.submit(draft)


def _move(draft: Draft, old: str, new: str) -> None:
    """Change the address of a link, or drop the link where the new address is there already."""
    links = DraftLink.objects.filter(draft_id=draft.pk)
    link = links.get(url=old)
    if links.filter(url=new).exists():
        link.delete()
        return
    link.url = new
    link.full_clean()
    link.save()
