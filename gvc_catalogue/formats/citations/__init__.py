"""How to cite what the catalogue shows: one `Reference`, in the forms that readers and reference managers take."""

from .apa import apa
from .bibtex import bibtex
from .cite import Cite
from .reference import Kind, Reference
from .response import FORMS, citation_response
from .ris import ris
from .tags import citation_tags

__all__ = ["FORMS", "Cite", "Kind", "Reference", "apa", "bibtex", "citation_response", "citation_tags", "ris"]
