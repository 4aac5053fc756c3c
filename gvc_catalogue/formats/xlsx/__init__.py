"""XLSX export of lists: typed cells, in constant memory for any number of rows, through a temporary file."""

from .cells import SHA_256_OF_WHAT
from .response import workbook_response
from .writing import Column, Summary, TooManyRowsError

__all__ = ["SHA_256_OF_WHAT", "Column", "Summary", "TooManyRowsError", "workbook_response"]
