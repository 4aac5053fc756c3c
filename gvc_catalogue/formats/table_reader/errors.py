"""Limits, errors and row type that the CSV and XLSX readers share."""

from typing import NamedTuple

from gvc_catalogue.history.content import WorkflowError

MOST_COLUMNS = 200
# Characters; a spreadsheet's cell contains at most 32,767.
LONGEST_CELL = 100_000


class UnreadableTableError(WorkflowError):
    """Error: the file cannot be read. The message has the row, and nothing was written."""


class Line(NamedTuple):
    """Row of a file as it was read: its number, from 1, and its cells."""

    number: int
    cells: list[str]
