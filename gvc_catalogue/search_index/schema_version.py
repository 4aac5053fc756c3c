"""Schema version of an index: a digest of what its files are made of, so that a changed field rebuilds it by itself."""

import hashlib
import unicodedata
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from . import analysis
from .documents import IndexDefinition

# Raised when the layout of the files changes; the rest of the digest follows from the code.
LAYOUT = 9


def schema_version(subject: IndexDefinition) -> str:
    """Return the digest of the record type, the facets and groups, the analyser and the layout; 12 hex digits."""
    analyser = (sorted(analysis.IRREGULAR.items()), analysis.NO_PLURAL, analysis.WORD.pattern, analysis.LANGUAGE)
    parts = (LAYOUT, describe(subject.record), subject.facets, subject.groups, analyser, unicodedata.unidata_version)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def describe(kind: Any) -> Any:
    """Return a type as plain data: of a TypedDict its keys and their types, down to the last."""
    if is_typeddict(kind):
        return [(name, describe(value)) for name, value in get_type_hints(kind).items()]
    if arguments := get_args(kind):
        return (str(get_origin(kind)), [describe(argument) for argument in arguments])
    return str(kind)
