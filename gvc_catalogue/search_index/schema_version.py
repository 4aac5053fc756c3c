"""Schema version of the index: a digest of its definition, so that a changed field triggers a rebuild."""

import hashlib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from gvc_catalogue.text import compounds, folding, spelling_variants, stems, words

from . import analysis
from .documents import IndexDefinition

# To be incremented when the layout of the files changes; the rest of the digest is computed from the code.
LAYOUT = 9
# The modules that decide which words a text has, with their tables.
ANALYSER = (folding, compounds, words, spelling_variants, stems, analysis)


def schema_version(subject: IndexDefinition) -> str:
    """Return the schema version, 12 hexadecimal digits of a SHA-256.

    It covers the record type, the facets and groups, the analyser, the version of Unicode and the layout of the files.
    """
    analyser = [digest(str(module.__file__)) for module in ANALYSER]
    parts = (LAYOUT, describe(subject.record), subject.facets, subject.groups, analyser, unicodedata.unidata_version)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


@cache
def digest(source: str) -> str:
    """Return the SHA-256 of a source file: of the analyser every line counts, its tables and its rules."""
    return hashlib.sha256(Path(source).read_bytes()).hexdigest()


def describe(kind: Any) -> Any:
    """Return a type as plain data: for a TypedDict its keys and their types, recursively."""
    if is_typeddict(kind):
        return [(name, describe(value)) for name, value in get_type_hints(kind).items()]
    if arguments := get_args(kind):
        return (str(get_origin(kind)), [describe(argument) for argument in arguments])
    return str(kind)
