"""The admin pages of programmes: a file for each of what curators edit, imported so that they are registered."""

from . import (
    country,
    example,
    example_draft,
    import_run,
    link_check,
    organisation,
    programme,
    programme_draft,
    suggestion,
    synonym,
    worklists,
)

__all__ = [
    "country",
    "example",
    "example_draft",
    "import_run",
    "link_check",
    "organisation",
    "programme",
    "programme_draft",
    "suggestion",
    "synonym",
    "worklists",
]
