"""Load what became of the programmes, and their links, into an existing installation."""

import json
from collections import defaultdict
from datetime import date
from typing import Any

from django.conf import settings
from django.db import migrations

BATCH = "status-and-links-2026-11-27"
REASON = "What became of it, and its links, were researched in November 2026."
PLAIN = ("name", "slug", "status", "status_note", "certainty", "as_of", "until", "successor_name", "evidence")
PLAIN += ("evidence_date",)
DETAILS = PLAIN[PLAIN.index("status") :]
LINK = ("kind", "url", "title", "language", "note", "evidence_date")


def load_status_and_links(apps: Any, schema_editor: Any) -> None:
    """Load status and links of the fixtures for the programmes that there are, and write a version for each.

    A status is loaded only where it is not yet checked, links only where a programme has none. A programme that an
    installation does not have is passed over, so an empty catalogue gets nothing: load_catalogue fills it. A dozen
    queries, and one for each changed programme.
    """
    alias = schema_editor.connection.alias
    found = {one["slug"]: one for one in rows("50_programmes.json")}
    links = defaultdict(list)
    for one in rows("55_links.json"):
        links[one["programme"][0]].append({name: one[name] for name in LINK})
    programmes = apps.get_model("programmes", "Programme").objects.using(alias).filter(slug__in=found)
    programmes = programmes.select_related("provider", "successor", "checked_by")
    programmes = programmes.prefetch_related("countries", "partners", "links", "classifications__term")
    versions = apps.get_model("history", "Version").objects.using(alias)
    for programme in programmes.order_by("pk"):
        before = content(programme)
        write_links(programme, [] if before["links"] else links[programme.slug])
        write_status(programme, found[programme.slug])
        after = content(programme)
        if before != after:
            said = {"name": programme.name[:300], "action": "changed", "reason": REASON, "batch": BATCH}
            versions.create(kind="programmes.programme", key=programme.pk, before=before, after=after, **said)


def rows(name: str) -> list[dict[str, Any]]:
    """Return the fields of the records in a fixture file."""
    text = (settings.BASE_DIR / "fixtures" / name).read_text(encoding="utf-8")
    return [row["fields"] for row in json.loads(text)]


def write_links(programme: Any, links: list[dict[str, Any]]) -> None:
    """Add links to a programme without any."""
    if links:
        model = programme.links.model
        programme.links.bulk_create(model(programme_id=programme.pk, **link) for link in links)
        # The links that were prefetched are no longer all.
        del programme._prefetched_objects_cache["links"]


def write_status(programme: Any, known: dict[str, Any]) -> None:
    """Write a status to a programme that was not yet checked; the evidence only where it is one of its links."""
    if programme.status != "not-yet-checked":
        return
    for name in DETAILS:
        setattr(programme, name, known[name])
    if known["evidence"] not in [link.url for link in programme.links.all()]:
        programme.evidence = programme.evidence_date = ""
    programme.checked_on, programme.checked_by = date.fromisoformat(known["checked_on"]), None
    programme.save(update_fields=[*DETAILS, "checked_on", "checked_by"])


def content(programme: Any) -> dict[str, Any]:
    """Return the content of a programme as the history has it: see gvc_catalogue/history/content.py."""
    many = {name: sorted(map(named, getattr(programme, name).all()), key=by_name) for name in ("countries", "partners")}
    one = {name: named(found) if (found := getattr(programme, name)) else None for name in ("provider", "successor")}
    checker = programme.checked_by
    return {
        **{name: getattr(programme, name) for name in PLAIN},
        **many,
        **one,
        "checked_on": programme.checked_on.isoformat() if programme.checked_on else None,
        "checked_by": [checker.pk, checker.username] if checker else None,
        "links": [{name: getattr(link, name) for name in LINK} for link in programme.links.order_by("pk")],
        "classifications": [
            {"term": [row.term.pk, row.term.label], "words": row.words, "confidence": row.confidence}
            for row in programme.classifications.all()
        ],
    }


def named(record: Any) -> list[Any]:
    """Return a record as a reference: its primary key and its name."""
    return [record.pk, record.name]


def by_name(reference: list[Any]) -> tuple[str, int]:
    """Return the sort key of a reference."""
    return reference[1], reference[0]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0015_fate_unknown"), ("history", "0002_user_names")]
    operations = [migrations.RunPython(load_status_and_links, migrations.RunPython.noop)]
    survives = {"RunPython": "The release before shows status, links and versions as any that a curator has written."}
