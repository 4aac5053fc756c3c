"""OpenAPI 3.1 made from the code: types of answers, filters, addresses. Nothing is described twice."""

from .described import described
from .document import Catalogued, document

__all__ = ["Catalogued", "described", "document"]
