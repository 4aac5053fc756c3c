"""Drafts as the records that they would become: what the site's own page of a programme is made of."""

from django.http import Http404

from ..models import Example, ExampleDraft, Programme, ProgrammeDraft
from ..models.serializers import programme_record
from ..schema.records import ProgrammeRecord


def draft_record(draft: ProgrammeDraft) -> ProgrammeRecord:
    """Return the programme as it would be: its published quotations, and those drafted with it; some ten queries."""
    published = Example.objects.filter(programmes=draft.key).with_details() if draft.key else []
    drafted = draft.exampledrafts.select_related("recommendation__category", "source")
    return programme_record(draft, [*published, *drafted])


def record_with_example(draft: ExampleDraft) -> ProgrammeRecord:
    """Return the programme that an example tells of, with the example as it would be.

    Raises Http404 when it tells of none.
    """
    if draft.programme_draft:
        return draft_record(draft.programme_draft)
    programme = Programme.objects.filter(pk__in=draft.programmes.all()).with_details().first()
    if programme is None:
        raise Http404("This example tells of no programme yet: there is no page to show it on.")
    others = [example for example in programme.examples.all() if example.pk != draft.key]
    return programme_record(programme, [*others, draft])
