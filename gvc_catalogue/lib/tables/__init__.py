"""Tables that others wrote, read row by row as texts: CSV and XLSX. What cannot be read is said in a sentence."""

from .reading import Row, Unreadable, rows
from .xlsx_file import MOST_BYTES

__all__ = ["MOST_BYTES", "Row", "Unreadable", "rows"]
