"""CSV and XLSX import: reads uploaded tables row by row as texts. Errors are sentences for the user."""

from .reader import Row, UnreadableTableError, rows
from .xlsx_file import MOST_BYTES

__all__ = ["MOST_BYTES", "Row", "UnreadableTableError", "rows"]
