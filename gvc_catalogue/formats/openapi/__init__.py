"""OpenAPI 3.1 document, generated from the code: response types, filters and URL patterns."""

from .decorator import documented
from .document import Catalogued, document

__all__ = ["Catalogued", "document", "documented"]
