"""HTTP response for citation downloads in BibTeX and RIS."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from .bibtex import bibtex
from .reference import Reference
from .ris import ris

# Writer and media type by file extension.
FORMS = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
}


def citation_response(name: str, form: str, references: Iterable[Reference]) -> StreamingHttpResponse:
    """Return a streaming response with the references as a download called `name`.bib or `name`.ris.

    `form` is "bib" or "ris". Each reference is written while the file is sent.
    """
    write, content_type = FORMS[form]
    response = StreamingHttpResponse(write(references), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
