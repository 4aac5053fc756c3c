"""Suggested corrections: receiving a limited number of them, and accepting or refusing them by curators."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from gvc_catalogue.history.content import WorkflowError

from ..models import Allowance, Draft, Programme, ProgrammeDraft, Suggestion, SuggestionState
from . import workflow
from .workflow import Curator

# Rate limits: suggestions from one client address per day, and from all clients per hour.
MOST_OF_ONE, MOST_OF_ALL = 10, 100


class RateLimitExceededError(Exception):
    """The rate limit for suggestions is reached; `wait` is the time until more are accepted."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


@transaction.atomic
def receive_suggestion(programme: Programme, text: str, evidence: str, sender: str) -> Suggestion:
    """Store a reader's suggestion; an open one with the same words and evidence is returned instead. A dozen queries.

    `sender` is the rate-limit key: it distinguishes readers without identifying them. Raises RateLimitExceededError
    when the sender or all senders together have reached their limit.
    """
    standing = Suggestion.objects.filter(programme=programme, text=text, evidence=evidence, state=SuggestionState.OPEN)
    if same := standing.first():
        return same
    _count(sender, timezone.now())
    return Suggestion.objects.create(programme=programme, programme_name=programme.name, text=text, evidence=evidence)


def _count(sender: str, now: datetime) -> None:
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    for key, most, ends in ((sender, MOST_OF_ONE, midnight), (f"all {hour:%Y-%m-%d %H}", MOST_OF_ALL, hour)):
        if not Allowance.objects.take(f"suggestions: {key}", most, now, ends):
            raise RateLimitExceededError(ends - now)


@transaction.atomic
def accept_suggestion(suggestion: Suggestion, by: Curator, word: str) -> Draft:
    """Mark a suggestion as accepted, and return the draft of its programme; it is created unless there is one.

    Raises WorkflowError without an answer, where it is decided already, and where the programme is gone.
    """
    _decide(suggestion, SuggestionState.TAKEN, by, word)
    programme = Programme.objects.filter(pk=suggestion.programme_id).first()
    if programme:
        return workflow.begin(programme, by)
    if draft := ProgrammeDraft.objects.filter(key=suggestion.programme_id).first():
        return draft
    raise WorkflowError("The programme was deleted: restore it first, or refuse the suggestion.")


@transaction.atomic
def refuse_suggestion(suggestion: Suggestion, by: Curator, word: str) -> None:
    """Mark a suggestion as refused.

    Raises WorkflowError without an answer, and where it is decided already.
    """
    _decide(suggestion, SuggestionState.REFUSED, by, word)


def _decide(suggestion: Suggestion, state: SuggestionState, by: Curator, word: str) -> None:
    """Decide an open suggestion; a conditional UPDATE, so of two curators at once the second gets WorkflowError."""
    if not word.strip():
        raise WorkflowError("Say in a word why: whoever reads the suggestion later sees your answer.")
    longest = Suggestion._meta.get_field("answer").max_length or 0
    if len(word.strip()) > longest:
        raise WorkflowError(f"Say it in {longest} characters.")
    undecided = Suggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.OPEN)
    if not undecided.update(state=state, answer=word.strip(), decided_by=by, decided_at=timezone.now()):
        raise WorkflowError("Somebody has decided on this suggestion meanwhile.")
