"""Tables that others wrote, read row by row as texts: CSV and XLSX. What cannot be read is said in a sentence."""

from .reader import Row, UnreadableTableError, rows
from .xlsx_file import MOST_BYTES

__all__ = ["MOST_BYTES", "Row", "UnreadableTableError", "rows"]
