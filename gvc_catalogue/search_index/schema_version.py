"""Schema version of the index: a digest of its definition, so that a changed field triggers a rebuild."""

import hashlib
import unicodedata
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from . import analysis
from .documents import IndexDefinition

# To be incremented when the layout of the files changes; the rest of the digest is computed from the code.
LAYOUT = 9


def schema_version(subject: IndexDefinition) -> str:
    """Return the schema version, 12 hexadecimal digits of a SHA-256.

    It covers the record type, the facets and groups, the analyser, the version of Unicode and the layout of the files.
    """
    analyser = (sorted(analysis.IRREGULAR.items()), analysis.NO_PLURAL, analysis.WORD.pattern, analysis.LANGUAGE)
    parts = (LAYOUT, describe(subject.record), subject.facets, subject.groups, analyser, unicodedata.unidata_version)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def describe(kind: Any) -> Any:
    """Return a type as plain data: for a TypedDict its keys and their types, recursively."""
    if is_typeddict(kind):
        return [(name, describe(value)) for name, value in get_type_hints(kind).items()]
    if arguments := get_args(kind):
        return (str(get_origin(kind)), [describe(argument) for argument in arguments])
    return str(kind)
