"""Write the status `unknown` where a row has the former key `not-found`."""

from typing import Any

from django.db import migrations


def rename_key(apps: Any, schema_editor: Any) -> None:
    """Rename the key in programmes and drafts. Two queries. Contents of versions keep it, and are read by the alias."""
    for name in ("Programme", "ProgrammeDraft"):
        rows = apps.get_model("programmes", name).objects.using(schema_editor.connection.alias)
        rows.filter(status="not-found").update(status="unknown")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0014_status_and_links")]
    operations = [migrations.RunPython(rename_key, migrations.RunPython.noop)]
    survives = {"RunPython": "The release before shows a status that it does not know by its key."}
