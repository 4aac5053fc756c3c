"""Django admin of programmes: one module per model. Importing them registers the ModelAdmin classes."""

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
