"""What the server writes down: a line of JSON each, with the id of its request, and nobody's name, address or words."""

from .current import current_id
from .lines import JsonLine
from .noted import Noted

__all__ = ["JsonLine", "Noted", "current_id"]
