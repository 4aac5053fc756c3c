"""OpenAPI 3.1 made from the code: types of answers, filters, addresses. Nothing is described twice."""

from .decorator import documented
from .document import Catalogued, document

__all__ = ["Catalogued", "document", "documented"]
