"""Preview of drafts: the records that they would become when published, for the public page of a programme."""

from django.http import Http404

from ..models import Example, ExampleDraft, Programme, ProgrammeDraft
from ..models.serializers import programme_record
from ..schema.records import ProgrammeRecord


def draft_record(draft: ProgrammeDraft) -> ProgrammeRecord:
    """Return the record of a programme after publication of its draft. Some ten queries.

    It contains the published quotations and those drafted with it.
    """
    published = Example.objects.filter(programmes=draft.key).with_details() if draft.key else []
    drafted = draft.exampledrafts.select_related("recommendation__category", "source")
    return programme_record(draft, [*published, *drafted])


def record_with_example(draft: ExampleDraft) -> ProgrammeRecord:
    """Return the record of the programme that an example refers to, with the example as drafted.

    Raises Http404 when it refers to no programme.
    """
    if draft.programme_draft:
        return draft_record(draft.programme_draft)
    programme = Programme.objects.filter(pk__in=draft.programmes.all()).with_details().first()
    if programme is None:
        raise Http404("This example tells of no programme yet: there is no page to show it on.")
    others = [example for example in programme.examples.all() if example.pk != draft.key]
    return programme_record(programme, [*others, draft])
