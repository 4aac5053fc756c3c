"""Editorial workflow of a record: draft, in review, published, withdrawn, and back. All publishing passes here.

Each step is one transaction. It locks the rows that it changes, and either all of it is committed or nothing.
Messages for the curator are raised as WorkflowError.
"""

from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction

from gvc_catalogue.history.content import Content, WorkflowError, apply_content, blank, is_same_content, serialise
from gvc_catalogue.history.models import Action, Version

from ..models import Draft, Example, ExampleDraft, FormerSlug, Programme, ProgrammeDraft, State
from .permissions import protect

Record = Programme | Example
Curator = AbstractBaseUser | AnonymousUser | None
DRAFTS: dict[type[Record], type[Draft]] = {Programme: ProgrammeDraft, Example: ExampleDraft}


class OutdatedDraftError(WorkflowError):
    """Edit conflict: the published record has changed since the draft was begun."""


@transaction.atomic
def begin(record: Record, by: Curator) -> Draft:
    """Return the draft that changes a published record; it is created unless there is one. One query, or a dozen."""
    drafts = DRAFTS[type(record)]
    return drafts.objects.of(record) or _drafted(
        drafts, serialise(record), key=record.pk, base=serialise(record), author=by
    )


def submit(draft: Draft) -> None:
    """Submit a draft for review by the publishers.

    Raises WorkflowError where the draft changes a published record and gives no reason.
    """
    if draft.key and not draft.why.strip():
        raise WorkflowError("Say why the published record is to change, or comes back: readers see the reason.")
    _set(draft, State.IN_REVIEW, "")


def send_back(draft: Draft, note: str) -> None:
    """Return a draft from review to its curator, with a note. Raises WorkflowError without a note."""
    if not note.strip():
        raise WorkflowError("Say what is missing: the curator reads only your note.")
    _set(draft, State.DRAFT, note)


@transaction.atomic
def publish(draft: Draft, by: Curator, batch: str = "") -> Version:
    """Publish a draft: write its content to the record and delete the draft. Return the version that logs it.

    Raises OutdatedDraftError when the record has changed since the draft was begun, WorkflowError when the draft cannot
    be published, and PermissionDenied where it changes words of the annex that `by` may not change.
    """
    draft = locked(draft)
    record, content = draft.record, serialise(draft)
    before = serialise(record) if record else None
    _check(draft, before, content)
    protect(type(draft), before, content, by)
    # A record that was withdrawn or deleted comes back under its former key.
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
    """Withdraw a record from all public pages, and return the draft that keeps its content.

    Quotations from later documents that name no other programme are withdrawn along with their programme. Raises
    WorkflowError without a reason or while a draft changes the record, PermissionDenied for words of the annex.
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
    """Delete a record, and return the version from which it can be restored.

    Raises WorkflowError without a reason, while a draft changes the record, or where a programme still has quotations.
    Raises PermissionDenied for words of the annex.
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
    """Return a new draft with the content of a version or, if `earlier`, with the content before that version.

    The draft changes the record, or brings it back under its key if it was withdrawn or deleted.

    Raises WorkflowError while there is another draft of the record, or where the content refers to a deleted record.
    """
    drafts: type[Draft] = DRAFTS[version.model]
    if other := drafts.objects.filter(key=version.key).first():
        raise WorkflowError(f"There is a draft of “{other}” already: publish or delete it first.")
    record = version.model.objects.filter(pk=version.key).first()
    base = serialise(record) if record else None
    why = f"Restored as {'before' if earlier else 'of'} {version.at:%d %B %Y}."
    # Fields that the version does not have yet, as they were added later, stay as they are.
    content = (base or {}) | version.content(earlier)
    return _drafted(drafts, content, key=version.key, base=base, author=by, why=why)


@transaction.atomic
def catch_up(draft: Draft) -> None:
    """Rebase a draft: merge later changes of the published record into it. Fields that the draft changes are kept.

    Raises WorkflowError when the published record is gone, or the draft is.
    """
    draft = locked(draft)
    if not draft.record:
        raise WorkflowError("The published record is gone: what you have is published as a new one.")
    # A field that was added since the draft was begun is blank in it, which is no change.
    now, mine, base = serialise(draft.record), serialise(draft), blank(type(draft)) | (draft.base or {})
    kept = {name: value for name, value in mine.items() if not is_same_content({"": value}, {"": base[name]})}
    apply_content(draft, now | kept)
    type(draft).objects.filter(pk=draft.pk).update(base=now, edits=draft.edits + 1)


def locked(draft: Draft) -> Draft:
    """Return the current row of a draft, locked (SELECT FOR UPDATE) to the end of the transaction. One query.

    Raises WorkflowError when the draft is gone.
    """
    found = type(draft).objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if found is None:
        raise WorkflowError("This draft is not there any more: it was published or deleted meanwhile.")
    return found


def mentions(record: Record, *said: Content | None) -> list[tuple[str, int]]:
    """Return the programmes that contents of an example refer to, as sorted pairs of model label and key. No query.

    The list is empty for a programme.
    """
    keys = {key for content in said if content for key, _ in content.get("programmes", [])}
    return [(Programme._meta.label_lower, key) for key in sorted(keys)] if isinstance(record, Example) else []


def bring_back(record: Record, kept: dict[str, Any]) -> None:
    """Restore the references from other records that were removed with this one, if those records still exist."""
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
    """Validate that a draft can be published. Raises OutdatedDraftError or WorkflowError."""
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
        # Not all drafts were validated by a form.
        owned = (*draft.links.all(), *draft.classifications.all()) if isinstance(draft, ProgrammeDraft) else ()
        for written in (draft, *owned):
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
            # It is published again with its programme, and for the same reason.
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
    """Return the references from other records that are removed with this one: keys of examples and predecessors."""
    if isinstance(record, Example):
        return {}
    predecessors = record.programme_predecessors.values_list("pk", flat=True)
    return {"examples": list(record.examples.values_list("pk", flat=True)), "predecessors": list(predecessors)}


def take_away(record: Record) -> None:
    """Delete the row. The slug of a programme is kept as a former slug, so that its address answers 410 Gone."""
    key = record.pk
    if isinstance(record, Programme):
        FormerSlug.objects.update_or_create(slug=record.slug, defaults={"programme_id": key})
    record.delete()
