"""ORM models: countries, organisations, programmes, examples that quote the annex, and drafts (editing workflow)."""

from .country import Country, Region
from .draft import Draft, DraftLink, ExampleDraft, ProgrammeDraft, State
from .example import Example, Source
from .import_run import Receipt
from .link import Link, LinkCheck, LinkKind, Outcome
from .organisation import Organisation, ProviderKind
from .programme import FormerSlug, Programme, Status
from .rate_limit import Allowance
from .suggestion import Suggestion, SuggestionState
from .synonym import Synonym

__all__ = [
    "Allowance",
    "Country",
    "Draft",
    "DraftLink",
    "Example",
    "ExampleDraft",
    "FormerSlug",
    "Link",
    "LinkCheck",
    "LinkKind",
    "Organisation",
    "Outcome",
    "Programme",
    "ProgrammeDraft",
    "ProviderKind",
    "Receipt",
    "Region",
    "Source",
    "State",
    "Status",
    "Suggestion",
    "SuggestionState",
    "Synonym",
]
