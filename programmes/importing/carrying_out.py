"""An import carried out: all of it in one transaction, or nothing."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, Any

from django.db import transaction

from gvc_catalogue.lib.history.contents import Content, Refused, write
from gvc_catalogue.lib.history.models import Action, Version
from gvc_catalogue.lib.tables import Row, rows

from ..models import DraftLink, Link, Programme, ProgrammeDraft, Receipt
from .columns import check_columns
from .planning import CHANGED, NEW, REFUSED, Planned, plan

Tell = Callable[[int], None]
# So many refusals are said; more of them say no more.
MOST_SAID = 50
UNEXPLAINED = "Say why: published records change, and readers see the reason."


@dataclass
class Summary:
    """What an import would do, or did: how many rows of each kind, and the first refusals."""

    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[Planned] = field(default_factory=list)

    def add(self, planned: Iterable[Planned]) -> None:
        """Count some more rows."""
        for row in planned:
            self.counts[row.kind] += 1
            if row.kind == REFUSED and len(self.refusals) < MOST_SAID:
                self.refusals.append(row)


class RowsRefused(Refused):
    """Rows that cannot be imported; nothing was. `summary` names them."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        said = [f"Row {row.number}: {' '.join(row.reasons)}" for row in summary.refusals]
        super().__init__("\n".join([f"{summary.counts[REFUSED]} rows are refused; nothing was written.", *said]))


@dataclass(frozen=True)
class Order:
    """Who imports what, why, and whether it is published at once."""

    file_name: str
    by: Any
    why: str = ""
    published: bool = False


def table(file: IO[bytes]) -> Iterable[Row]:
    """Return the rows of a file of programmes. Raises Unreadable, at once or on the way."""
    return rows(file, check_columns)


def survey(file: IO[bytes], tell: Tell = lambda number: None) -> Summary:
    """Return what an import would do, and write nothing; a dozen queries for each 500 rows."""
    summary = Summary()
    for planned in plan(table(file)):
        summary.add(planned)
        tell(len(planned))
    return summary


@transaction.atomic
def carry_out(file: IO[bytes], order: Order, tell: Tell = lambda number: None) -> Receipt:
    """Import a file, all of it or nothing; return the receipt. `tell` hears of each some hundred rows.

    Memory does not grow with the file. Raises Unreadable or RowsRefused.
    """
    receipt = Receipt.objects.create(
        file_name=order.file_name[:200], digest=_digest(file), published=order.published, by=order.by, reason=order.why
    )
    summary, write_chunk = Summary(), _publish if order.published else _draft
    for planned in plan(table(file)):
        summary.add(planned)
        wanted = [row for row in planned if row.kind in (NEW, CHANGED)]
        if order.published and not order.why.strip() and wanted:
            raise Refused(UNEXPLAINED)
        if not summary.refusals:
            write_chunk(wanted, order, receipt)
        tell(len(planned))
    if summary.refusals:
        raise RowsRefused(summary)
    receipt.new, receipt.changed = summary.counts[NEW], summary.counts[CHANGED]
    receipt.unchanged = summary.counts.total() - receipt.new - receipt.changed
    receipt.save()
    return receipt


# ---- As drafts


def _draft(planned: list[Planned], order: Order, receipt: Receipt) -> None:
    """Write drafts; seven queries however many they are."""
    drafts = ProgrammeDraft.objects.bulk_create(
        ProgrammeDraft(
            **_columns(row.content), key=row.key, base=row.before, why=order.why, author=order.by, receipt=receipt
        )
        for row in planned
    )
    _relate(ProgrammeDraft, [(draft.pk, row.content) for draft, row in zip(drafts, planned, strict=True)], DraftLink)


# ---- Published at once


def _publish(planned: list[Planned], order: Order, receipt: Receipt) -> None:
    """Write published records, each with its version; new ones at once, changed ones one by one."""
    new = [row for row in planned if row.kind == NEW]
    made = Programme.objects.bulk_create(Programme(**_columns(row.content)) for row in new)
    _relate(Programme, [(programme.pk, row.content) for programme, row in zip(made, new, strict=True)], Link)
    versions = [_version(p, row, order, receipt) for p, row in zip(made, new, strict=True)]
    for row in planned:
        if row.kind == CHANGED:
            programme = Programme.objects.get(pk=row.key or 0)
            write(programme, row.content)
            versions.append(_version(programme, row, order, receipt))
    Version.objects.bulk_create(versions)


def _version(programme: Programme, row: Planned, order: Order, receipt: Receipt) -> Version:
    return Version(
        kind=Programme._meta.label_lower,
        key=programme.pk,
        name=str(programme),
        action=Action.CHANGED if row.before else Action.ADDED,
        before=row.before,
        after=row.content,
        reason=order.why,
        by=order.by,
        batch=receipt.batch,
    )


# ---- What both have in common


def _columns(content: Content) -> dict[str, Any]:
    """A content's own columns, as a model takes them; what it refers to one of by key."""
    plain = {name: content[name] for name in ("name", "slug", "status", "checked_on")}
    keys = {
        f"{name}_id": content[name][0] if content[name] else None for name in ("provider", "successor", "checked_by")
    }
    return plain | keys


def _relate(model: Any, written: list[tuple[int, Content]], link: Any) -> None:
    """Write what records just made have: countries, partners, links; three queries."""
    for name in ("countries", "partners"):
        field = model._meta.get_field(name)
        own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
        through = getattr(model, name).through
        through.objects.bulk_create(
            through(**{f"{own}_id": key, f"{other}_id": reference[0]})
            for key, content in written
            for reference in content[name]
        )
    owner = "draft_id" if link is DraftLink else "programme_id"
    link.objects.bulk_create(link(**{owner: key}, **one) for key, content in written for one in content["links"])


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1_000_000):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
