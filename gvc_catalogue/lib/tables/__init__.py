"""Tables that others wrote, read row by row as texts: CSV and XLSX. What cannot be read is said in a sentence."""

from .reading import Row, Unreadable, rows

__all__ = ["Row", "Unreadable", "rows"]
