"""ORM models: countries, organisations, programmes, examples that quote the annex, and drafts (editing workflow)."""

from .country import Country, Region
from .draft import Draft, DraftClassification, DraftLink, ExampleDraft, ProgrammeDraft, State
from .example import Example, Source
from .import_run import Receipt
from .link import Link, LinkCheck, LinkKind, Outcome
from .organisation import Organisation, ProviderKind
from .programme import FormerSlug, Programme, Status
from .rate_limit import Allowance
from .suggestion import Suggestion, SuggestionState
from .synonym import Synonym
from .vocabulary import Classification, Confidence, RecommendationTopic, Scheme, Term

__all__ = [
    "Allowance",
    "Classification",
    "Confidence",
    "Country",
    "Draft",
    "DraftClassification",
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
    "RecommendationTopic",
    "Region",
    "Scheme",
    "Source",
    "State",
    "Status",
    "Suggestion",
    "SuggestionState",
    "Synonym",
    "Term",
]
