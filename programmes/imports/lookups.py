"""Batch lookup of the records that the rows of an import refer to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gvc_catalogue.formats.table_reader import Row
from gvc_catalogue.history.content import Content, serialise

from ..models import Country, FormerSlug, Organisation, Programme, ProgrammeDraft
from .columns import one, several

Reference = list[Any]


@dataclass
class ImportLookups:
    """Records by the natural keys used in a file, as references [primary key, name].

    `programmes` maps a slug to the primary key and the present content. `former` maps a former slug to the message of
    its refusal. `drafted` contains the keys and slugs of programmes that have a draft.
    """

    countries: dict[str, Reference] = field(default_factory=dict)
    organisations: dict[str, Reference] = field(default_factory=dict)
    successors: dict[str, Reference] = field(default_factory=dict)
    programmes: dict[str, tuple[int, Content]] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    drafted: set[int | str] = field(default_factory=set)

    @classmethod
    def to(cls, rows: Iterable[Row], lock: bool = False) -> "ImportLookups":
        """Return the lookups for some rows; a dozen queries, whatever their number.

        With `lock` the programmes are locked (SELECT FOR UPDATE) until the transaction ends, so that no change between
        read and write is lost.
        """
        rows = list(rows)
        slugs = {one(row.cells.get("slug", "")) for row in rows}
        programmes = _programmes(slugs, lock)
        names = {name for row in rows for name in _organisations_named(row)}
        drafts = ProgrammeDraft.objects.filter(slug__in=slugs) | ProgrammeDraft.objects.filter(
            key__in=[key for key, _ in programmes.values()]
        )
        drafted: set[int | str] = {value for pair in drafts.values_list("key", "slug") for value in pair if value}
        successors = Programme.objects.filter(slug__in={one(row.cells.get("successor", "")) for row in rows})
        return cls(
            {country.code: [country.pk, str(country)] for country in Country.objects.all()},
            {o.name: [o.pk, str(o)] for o in Organisation.objects.filter(name__in=names)},
            {p.slug: [p.pk, str(p)] for p in successors},
            programmes,
            {former.slug: former.taken for former in FormerSlug.objects.filter(slug__in=slugs)},
            drafted,
        )


def _organisations_named(row: Row) -> list[str]:
    return [one(row.cells.get("provider", "")), *several(row.cells.get("partners", ""))]


def _programmes(slugs: set[str], lock: bool) -> dict[str, tuple[int, Content]]:
    # Locks are taken in the order of the keys, so that two imports cannot deadlock.
    found = Programme.objects.filter(slug__in=slugs).order_by("pk")
    found = found.select_for_update(of=("self",)) if lock else found
    whole = found.select_related("provider", "successor", "checked_by").prefetch_related(
        "countries", "partners", "links", "classifications__term"
    )
    return {programme.slug: (programme.pk, serialise(programme)) for programme in whole}
