"""How to cite what the catalogue shows: one `Reference`, in the forms that readers and reference managers take."""

from .apa import apa
from .bibtex import bibtex
from .reference import Kind, Reference
from .ris import ris
from .tags import citation_tags

__all__ = ["Kind", "Reference", "apa", "bibtex", "citation_tags", "ris"]
