"""Permission check for words of the annex: they are quotations of a final document, so few curators may edit them."""

from typing import Any

from django.core.exceptions import PermissionDenied

from gvc_catalogue.history.content import Content, to_plain

from ..models import Draft, ExampleDraft

PERMISSION = "recommendations.change_statement"
PROTECTED = ("text", "source")


def protect(drafts: type[Draft], before: Content | None, after: Content | None, by: Any) -> None:
    """Raise PermissionDenied when `by` changes, adds or removes words of the annex without permission.

    `by` is None for a management command run by the owner of the installation; it is always permitted.
    """
    if drafts is ExampleDraft and by is not None and touches_annex(before, after) and not by.has_perm(PERMISSION):
        raise PermissionDenied(
            "Words of the annex are protected: only who has the permission for them may change, add or withdraw them. "
            "Of another document say which one it is."
        )


def touches_annex(before: Content | None, after: Content | None) -> bool:
    """Return whether a change of an example affects words of the annex: examples without a source."""
    of_annex = any(content is not None and content["source"] is None for content in (before, after))
    return of_annex and [to_plain((before or {}).get(n)) for n in PROTECTED] != [
        to_plain((after or {}).get(n)) for n in PROTECTED
    ]
