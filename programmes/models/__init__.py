"""Who does what, where: countries, organisations, programmes, and the examples that quote the annex."""

from .country import Country, Region
from .example import Example, Source
from .organisation import Organisation, ProviderKind
from .programme import FormerSlug, Programme
from .synonym import Synonym

__all__ = [
    "Country",
    "Example",
    "FormerSlug",
    "Organisation",
    "Programme",
    "ProviderKind",
    "Region",
    "Source",
    "Synonym",
]
