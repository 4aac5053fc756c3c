"""References as a download."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from .bibtex import bibtex
from .reference import Reference
from .ris import ris

# By the ending of the address.
FORMS = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
}


def citation_response(name: str, form: str, references: Iterable[Reference]) -> StreamingHttpResponse:
    """Return the references as a download called `name`.bib or .ris; each is made while the file is sent."""
    write, content_type = FORMS[form]
    response = StreamingHttpResponse(write(references), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
