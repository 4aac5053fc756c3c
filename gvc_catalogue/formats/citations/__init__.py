"""Citations of catalogue pages: one `Reference`, exported as APA, BibTeX, RIS, Highwire and Dublin Core meta tags."""

from .apa import apa
from .bibtex import bibtex
from .cite import Cite
from .reference import Kind, Reference
from .response import FORMS, citation_response
from .ris import ris
from .tags import citation_tags

__all__ = ["FORMS", "Cite", "Kind", "Reference", "apa", "bibtex", "citation_response", "citation_tags", "ris"]
