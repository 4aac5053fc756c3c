"""Who does what, where: countries, organisations, programmes, the examples that quote the annex; and drafts."""

from .allowance import Allowance
from .country import Country, Region
from .draft import Draft, DraftLink, ExampleDraft, ProgrammeDraft, State
from .example import Example, Source
from .link import Link, LinkCheck, LinkKind, Outcome
from .organisation import Organisation, ProviderKind
from .programme import FormerSlug, Programme, Status
from .receipt import Receipt
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
