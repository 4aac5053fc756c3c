"""What files of both kinds are read as."""

from typing import NamedTuple

from gvc_catalogue.history.content import WorkflowError

MOST_COLUMNS = 200
# Characters; a spreadsheet's cell holds 32,767.
LONGEST_CELL = 100_000


class UnreadableTableError(WorkflowError):
    """Why a file cannot be read, with the row; nothing was written."""


class Line(NamedTuple):
    """A line of a table: its number, from 1, and its cells."""

    number: int
    cells: list[str]
