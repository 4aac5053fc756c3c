"""The way of a record: draft, in review, published, withdrawn; and back. Whatever is published passes here.

Each step is one transaction: it locks what it changes, and either all of it is done or nothing. Sentences for the
curator are raised as Refused.
"""

from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction

from gvc_catalogue.history.content import Content, WorkflowError, apply_content, is_same_content, serialise
from gvc_catalogue.history.models import Action, Version

from ..models import Draft, Example, ExampleDraft, FormerSlug, Programme, ProgrammeDraft, State
from .permissions import protect

Record = Programme | Example
Curator = AbstractBaseUser | AnonymousUser | None
DRAFTS: dict[type[Record], type[Draft]] = {Programme: ProgrammeDraft, Example: ExampleDraft}


class OutdatedDraftError(WorkflowError):
    """The published record has changed since the draft was begun."""


@transaction.atomic
def begin(record: Record, by: Curator) -> Draft:
    """Return the change beside a published record, made now unless there is one; a query, or a dozen."""
    drafts = DRAFTS[type(record)]
    return drafts.objects.of(record) or _drafted(
        drafts, serialise(record), key=record.pk, base=serialise(record), author=by
    )


def submit(draft: Draft) -> None:
    """Hand a draft to the publishers. Raises Refused where the published record is to change and nobody says why."""
    if draft.key and not draft.why.strip():
        raise WorkflowError("Say why the published record is to change, or comes back: readers see the reason.")
    _set(draft, State.IN_REVIEW, "")


def send_back(draft: Draft, note: str) -> None:
    """Give a draft back to its curator, with a word. Raises Refused without one."""
    if not note.strip():
        raise WorkflowError("Say what is missing: the curator reads only your note.")
    _set(draft, State.DRAFT, note)


@transaction.atomic
def publish(draft: Draft, by: Curator, batch: str = "") -> Version:
    """Make a draft the published record, and forget the draft; return the version that tells of it.

    Raises Outdated when the record has changed since, Refused when the draft is not what can be published, and
    PermissionDenied where it changes words of the annex that `by` may not change.
    """
    draft = locked(draft)
    record, content = draft.record, serialise(draft)
    before = serialise(record) if record else None
    _check(draft, before, content)
    protect(type(draft), before, content, by)
    # What was withdrawn or deleted comes back under the key that it had.
    record = record or cast(Record, draft.becomes(pk=draft.key))
    apply_content(record, content)
    bring_back(record, draft.kept)
    version = _noted(record, before, draft, by, batch)
    if isinstance(draft, ProgrammeDraft):
        _publish_examples(draft, record, by, batch)
    draft.delete()
    return version


@transaction.atomic
def withdraw(record: Record, by: Curator, why: str, batch: str = "") -> Draft:
    """Take a record out of all that readers see, and keep it as a draft; return that.

    Quotations of later documents that tell of nothing else go along with their programme. Raises Refused without a
    reason or while there is a change of it, PermissionDenied for words of the annex.
    """
    record = _locked_record(record, why)
    content = serialise(record)
    protect(DRAFTS[type(record)], content, None, by)
    kept = _kept(record)
    draft = _drafted(DRAFTS[type(record)], content, key=record.pk, kept=kept, author=by, state=State.WITHDRAWN)
    if isinstance(record, Programme):
        _withdraw_examples(record, draft, by, why)
    Version.objects.note(
        record,
        content,
        None,
        action=Action.WITHDRAWN,
        reason=why,
        by=by,
        batch=batch,
        mentions=mentions(record, content),
    )
    take_away(record)
    return draft


@transaction.atomic
def delete(record: Record, by: Curator, why: str) -> Version:
    """Delete a record; it can be restored from the version that is returned.

    Raises Refused without a reason, while there is a change of it, or where a programme still has quotations.
    """
    record = _locked_record(record, why)
    if isinstance(record, Programme) and record.examples.exists():
        raise WorkflowError(
            f"“{record}” has quotations: they would tell of nothing. Withdraw it, or merge it into another."
        )
    content = serialise(record)
    protect(DRAFTS[type(record)], content, None, by)
    said = {"reason": why, "by": by, "mentions": mentions(record, content)}
    version = Version.objects.note(record, content, None, action=Action.DELETED, **said)
    take_away(record)
    return version


@transaction.atomic
def restore(version: Version, by: Curator, earlier: bool = False) -> Draft:
    """Return a draft that says what a version said, or `earlier`, what stood before it.

    It stands beside the record, or in place of one that is gone.

    Raises Refused while there is another draft of it, or where it refers to what is gone.
    """
    drafts: type[Draft] = DRAFTS[version.model]
    if other := drafts.objects.filter(key=version.key).first():
        raise WorkflowError(f"There is a draft of “{other}” already: publish or delete it first.")
    record = version.model.objects.filter(pk=version.key).first()
    base = serialise(record) if record else None
    why = f"Restored as {'before' if earlier else 'of'} {version.at:%d %B %Y}."
    return _drafted(drafts, version.content(earlier), key=version.key, base=base, author=by, why=why)


@transaction.atomic
def catch_up(draft: Draft) -> None:
    """Take over into a draft what changed in the published record since, except where the draft changes it too."""
    draft = locked(draft)
    if not draft.record:
        raise WorkflowError("The published record is gone: what you have is published as a new one.")
    now, mine, base = serialise(draft.record), serialise(draft), draft.base or {}
    kept = {name: value for name, value in mine.items() if not is_same_content({"": value}, {"": base.get(name)})}
    apply_content(draft, now | kept)
    type(draft).objects.filter(pk=draft.pk).update(base=now, edits=draft.edits + 1)


def locked(draft: Draft) -> Draft:
    """Return a draft as it stands, locked to the end of the transaction. Raises Refused when it is gone."""
    found = type(draft).objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if found is None:
        raise WorkflowError("This draft is not there any more: it was published or deleted meanwhile.")
    return found


def mentions(record: Record, *said: Content | None) -> list[tuple[str, int]]:
    """Return which programmes the contents of an example tell of."""
    keys = {key for content in said if content for key, _ in content.get("programmes", [])}
    return [(Programme._meta.label_lower, key) for key in sorted(keys)] if isinstance(record, Example) else []


def bring_back(record: Record, kept: dict[str, Any]) -> None:
    """Put back what stood in other records when this one was taken away, as far as those are still there."""
    if isinstance(record, Programme) and kept:
        record.examples.add(*Example.objects.filter(pk__in=kept.get("examples", [])))
        Programme.objects.filter(pk__in=kept.get("predecessors", []), successor=None).update(successor=record)


def _set(draft: Draft, state: State, note: str) -> None:
    with transaction.atomic():
        draft = locked(draft)
        if draft.state == State.WITHDRAWN and state != State.IN_REVIEW:
            raise WorkflowError("It is withdrawn: submit it again to have it published.")
        type(draft).objects.filter(pk=draft.pk).update(state=state, note=note, edits=draft.edits + 1)


def _drafted(drafts: type[Draft], content: Content, **more: Any) -> Draft:
    draft = drafts(**more)
    apply_content(draft, content)
    return draft


def _check(draft: Draft, before: Content | None, content: Content) -> None:
    """Raise what stands in the way of publishing."""
    if draft.base is not None and before is None:
        raise OutdatedDraftError("The published record was withdrawn or deleted since this draft was begun.")
    if before is not None and not is_same_content(before, draft.base):
        raise OutdatedDraftError(
            "The published record has changed since this draft was begun: take over what changed first."
        )
    if draft.key is not None and not draft.why.strip():
        raise WorkflowError("Say why the published record is to change, or comes back: readers see the reason.")
    if before is not None and is_same_content(before, content):
        raise WorkflowError("The draft says what is published already: there is nothing to publish.")
    if content.get("provider") and content["provider"] in content["partners"]:
        raise WorkflowError("The provider is no partner of itself: leave it out there.")
    try:
        # Not all drafts came by a form.
        for written in (draft, *(draft.links.all() if isinstance(draft, ProgrammeDraft) else ())):
            written.full_clean()
    except ValidationError as error:
        raise WorkflowError(" ".join(error.messages)) from error


def _noted(record: Record, before: Content | None, draft: Draft, by: Curator, batch: str) -> Version:
    after = serialise(record)
    action = Action.CHANGED if before else Action.PUBLISHED_AGAIN if draft.key else Action.ADDED
    said = {"reason": draft.why, "by": by, "batch": batch, "mentions": mentions(record, before, after)}
    return Version.objects.note(record, before, after, action=action, **said)


def _publish_examples(draft: ProgrammeDraft, programme: Record, by: Curator, batch: str) -> None:
    """Publish the quotations that were drafted together with their programme."""
    for example in draft.exampledrafts.all():
        example.programmes.add(programme.pk)
        if example.key and not example.why:
            # It comes back with its programme, and for the same reason.
            type(example).objects.filter(pk=example.pk).update(why=draft.why)
        publish(example, by, batch)


def _withdraw_examples(programme: Programme, draft: Draft, by: Curator, why: str) -> None:
    for example in programme.examples.exclude(source=None).prefetch_related("programmes"):
        if len(example.programmes.all()) == 1:
            withdrawn = cast(ExampleDraft, withdraw(example, by, why))
            withdrawn.programmes.clear()
            ExampleDraft.objects.filter(pk=withdrawn.pk).update(programme_draft=draft)


def _locked_record(record: Record, why: str) -> Any:
    if not why.strip():
        raise WorkflowError("Say why: readers see the reason.")
    found = type(record)._default_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if found is None:
        raise WorkflowError("It is not there any more.")
    if DRAFTS[type(record)].objects.of(found):
        raise WorkflowError(f"There is a draft that changes “{found}”: publish or delete that first.")
    return found


def _kept(record: Record) -> dict[str, Any]:
    """What stands in other records and goes with this one."""
    if isinstance(record, Example):
        return {}
    predecessors = record.programme_predecessors.values_list("pk", flat=True)
    return {"examples": list(record.examples.values_list("pk", flat=True)), "predecessors": list(predecessors)}


def take_away(record: Record) -> None:
    """Delete the row; the address of a programme goes on to answer that it is gone."""
    key = record.pk
    if isinstance(record, Programme):
        FormerSlug.objects.update_or_create(slug=record.slug, defaults={"programme_id": key})
    record.delete()
