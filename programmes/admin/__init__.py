"""The admin pages of programmes: a file for each of what curators edit, imported so that they are registered."""

from . import (
    country,
    example,
    example_draft,
    link_check,
    organisation,
    programme,
    programme_draft,
    receipt,
    suggestion,
    synonym,
    worklists,
)

__all__ = [
    "country",
    "example",
    "example_draft",
    "link_check",
    "organisation",
    "programme",
    "programme_draft",
    "receipt",
    "suggestion",
    "synonym",
    "worklists",
]
