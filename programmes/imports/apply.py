"""Bulk import: dry run, and import in one transaction, of all rows or none."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, Any

from django.db import transaction

from gvc_catalogue.formats.table_reader import MOST_BYTES, Row, rows
from gvc_catalogue.history.content import WorkflowError, to_plain
from gvc_catalogue.history.models import Action, Version
from gvc_catalogue.search_index.sync.revision import paused

from ..models import Programme, ProgrammeDraft, Receipt
from .bulk_write import RowChange, columns, overwrite, relate
from .columns import check_columns
from .plan import CHANGED, NEW, REFUSED, PlannedRow, plan

Tell = Callable[[int], None]
# Number of refused rows that are listed.
MOST_SAID = 50
UNEXPLAINED = "Say why: published records change, and readers see the reason."


@dataclass
class Summary:
    """Summary of an import, or of its dry run: the number of rows of each kind, the first 50 refused rows, a digest."""

    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[PlannedRow] = field(default_factory=list)
    sum: Any = field(default_factory=hashlib.sha256)

    @property
    def digest(self) -> str:
        """Return the SHA-256 checksum (hexadecimal) of the planned rows and their effects."""
        return str(self.sum.hexdigest())

    def add(self, planned: Iterable[PlannedRow]) -> None:
        """Count more planned rows and add them to the digest."""
        for row in planned:
            told = (row.number, row.kind, row.key, to_plain(row.before), to_plain(row.content))
            self.sum.update(repr(told).encode())
            self.counts[row.kind] += 1
            if row.kind == REFUSED and len(self.refusals) < MOST_SAID:
                self.refusals.append(row)


class DifferentOutcomeError(WorkflowError):
    """The import would have another effect than its preview had, as the catalogue has changed; nothing was written."""


class RowsRefusedError(WorkflowError):
    """Some rows were refused; nothing was written. `summary` lists the first of them."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        said = [f"Row {row.number}: {' '.join(row.reasons)}" for row in summary.refusals]
        super().__init__("\n".join([f"{summary.counts[REFUSED]} row(s) refused; nothing was written.", *said]))


@dataclass(frozen=True)
class ImportOrder:
    """Parameters of an import: file name, user, reason, and whether it is published at once or drafted.

    `seen` is the digest of the preview, if there was one. With `many`, the search index gets one bulk change instead of
    one per row.
    """

    file_name: str
    by: Any
    why: str = ""
    published: bool = False
    seen: str = ""
    many: bool = False


def table(file: IO[bytes], most_unpacked: int = MOST_BYTES) -> Iterable[Row]:
    """Return the rows of a CSV or XLSX file. Raises UnreadableTableError, at once or during iteration."""
    return rows(file, check_columns, most_unpacked)


def preview_import(file: IO[bytes], tell: Tell = lambda number: None) -> Summary:
    """Return the summary of a dry run; nothing is written. A dozen queries per 500 rows.

    `tell` is called with the number of rows of each chunk. Raises UnreadableTableError.
    """
    summary = Summary()
    for planned in plan(table(file)):
        summary.add(planned)
        tell(len(planned))
    return summary


def apply_import(file: IO[bytes], order: ImportOrder, tell: Tell = lambda number: None) -> Receipt:
    """Import a file in one transaction, all rows or none, and return the receipt.

    `tell` is called with the number of rows of each chunk of up to 500. Memory does not grow with the file. Raises
    UnreadableTableError, RowsRefusedError or DifferentOutcomeError, and WorkflowError where a reason is missing.
    """
    with paused() if order.many and order.published else transaction.atomic():
        return _carried_out(file, order, tell)


def _carried_out(file: IO[bytes], order: ImportOrder, tell: Tell) -> Receipt:
    receipt = Receipt.objects.create(
        file_name=order.file_name[:200], digest=_digest(file), published=order.published, by=order.by, reason=order.why
    )
    summary, write_chunk = Summary(), _publish if order.published else _draft
    for planned in plan(table(file), lock=True):
        summary.add(planned)
        wanted = [row for row in planned if row.kind in (NEW, CHANGED)]
        if order.published and not order.why.strip() and wanted:
            raise WorkflowError(UNEXPLAINED)
        if not summary.refusals:
            write_chunk(wanted, order, receipt)
        tell(len(planned))
    if summary.refusals:
        raise RowsRefusedError(summary)
    if order.seen and summary.digest != order.seen:
        raise DifferentOutcomeError("The catalogue has changed since you looked.")
    receipt.new, receipt.changed = summary.counts[NEW], summary.counts[CHANGED]
    receipt.unchanged = summary.counts.total() - receipt.new - receipt.changed
    receipt.save()
    return receipt


# ---- As drafts


def _draft(planned: list[PlannedRow], order: ImportOrder, receipt: Receipt) -> None:
    """Bulk insert drafts; seven queries, whatever their number."""
    drafts = ProgrammeDraft.objects.bulk_create(
        ProgrammeDraft(
            **columns(row.content), key=row.key, base=row.before, why=order.why, author=order.by, receipt=receipt
        )
        for row in planned
    )
    relate(ProgrammeDraft, [(draft.pk, row.content) for draft, row in zip(drafts, planned, strict=True)])


# ---- Published at once


def _publish(planned: list[PlannedRow], order: ImportOrder, receipt: Receipt) -> None:
    """Bulk insert and update published programmes, each with its version; about 20 queries, whatever their number."""
    new = [row for row in planned if row.kind == NEW]
    made = Programme.objects.bulk_create(Programme(**columns(row.content)) for row in new)
    relate(Programme, [(programme.pk, row.content) for programme, row in zip(made, new, strict=True)])
    changed = [row for row in planned if row.kind == CHANGED]
    overwrite([RowChange(row.key or 0, row.before or {}, row.content) for row in changed])
    keys = [programme.pk for programme in made] + [row.key or 0 for row in changed]
    rows_written = new + changed
    Version.objects.bulk_create(_version(key, row, order, receipt) for key, row in zip(keys, rows_written, strict=True))


def _version(key: int, row: PlannedRow, order: ImportOrder, receipt: Receipt) -> Version:
    return Version(
        kind=Programme._meta.label_lower,
        key=key,
        name=row.name,
        action=Action.CHANGED if row.before else Action.ADDED,
        before=row.before,
        after=row.content,
        reason=order.why,
        by=order.by,
        batch=receipt.batch,
    )


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1_000_000):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
