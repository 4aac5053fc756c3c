"""Lists as workbooks (XLSX): typed cells, any number of rows in little memory, by way of a file that nobody keeps."""

from .cells import SHA_256_OF_WHAT
from .response import workbook_response
from .writing import Column, Summary, TooManyRows

__all__ = ["SHA_256_OF_WHAT", "Column", "Summary", "TooManyRows", "workbook_response"]
